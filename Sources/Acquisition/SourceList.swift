/// The places themselves: name, colon, domains; subdomains belong to their domain unless they stand here themselves.
enum SourceList {
  static let all: [(Source.Kind, String)] = [
    (.search, search), (.social, social), (.video, video), (.shopping, shopping), (.assistant, assistants),
    (.mail, mail),
  ]

  private static let search = """
    Google:google.com googleadservices.com com.google.android.googlequicksearchbox
    Google News:news.google.com
    Bing:bing.com cn.bing.com
    DuckDuckGo:duckduckgo.com
    Yahoo!:yahoo.com search.yahoo.com yahoo.co.jp search.yahoo.co.jp
    Yandex:yandex.ru yandex.com ya.ru
    Baidu:baidu.com
    Ecosia:ecosia.org
    Qwant:qwant.com
    Brave:search.brave.com
    Startpage:startpage.com
    Kagi:kagi.com
    Mojeek:mojeek.com
    Swisscows:swisscows.com
    MetaGer:metager.de metager.org
    Naver:naver.com search.naver.com
    Daum:daum.net
    Seznam:seznam.cz search.seznam.cz
    Sogou:sogou.com
    360 Search:so.com
    Shenma:sm.cn
    AOL:aol.com search.aol.com
    Ask:ask.com
    Dogpile:dogpile.com
    Lycos:lycos.com
    Presearch:presearch.com
    Cốc Cốc:coccoc.com
    Rambler:rambler.ru
    Virgilio:virgilio.it
    T-Online:suche.t-online.de
    Searx:searx.be searx.me
    """

  private static let social = """
    Facebook:facebook.com fb.com fb.me l.facebook.com lm.facebook.com m.facebook.com messenger.com
    Instagram:instagram.com l.instagram.com
    X:x.com twitter.com t.co
    Threads:threads.net threads.com l.threads.com
    Bluesky:bsky.app go.bsky.app
    Mastodon:mastodon.social mastodon.online mstdn.social fosstodon.org hachyderm.io mas.to infosec.exchange
    LinkedIn:linkedin.com lnkd.in
    Reddit:reddit.com out.reddit.com redd.it
    Pinterest:pinterest.com pin.it
    Hacker News:news.ycombinator.com
    Lobsters:lobste.rs
    VK:vk.com away.vk.com m.vk.com
    Odnoklassniki:ok.ru
    WhatsApp:whatsapp.com wa.me web.whatsapp.com
    Telegram:t.me telegram.org telegram.me web.telegram.org
    Discord:discord.com discord.gg discordapp.com
    Slack:slack.com
    Quora:quora.com
    Tumblr:tumblr.com
    Medium:medium.com
    Xing:xing.com
    Weibo:weibo.com weibo.cn t.cn
    Zhihu:zhihu.com
    Douban:douban.com
    Line:line.me
    KakaoTalk:kakao.com
    Snapchat:snapchat.com
    Flipboard:flipboard.com
    Stack Overflow:stackoverflow.com stackexchange.com superuser.com serverfault.com
    GitHub:github.com
    Product Hunt:producthunt.com
    Meetup:meetup.com
    Nextdoor:nextdoor.com
    """

  private static let video = """
    YouTube:youtube.com youtu.be m.youtube.com
    TikTok:tiktok.com
    Vimeo:vimeo.com
    Twitch:twitch.tv
    Dailymotion:dailymotion.com
    Bilibili:bilibili.com
    Niconico:nicovideo.jp
    Rumble:rumble.com
    Netflix:netflix.com
    Youku:youku.com
    """

  private static let shopping = """
    Amazon:amazon.com amzn.to
    eBay:ebay.com
    Etsy:etsy.com
    AliExpress:aliexpress.com
    Alibaba:alibaba.com
    Walmart:walmart.com
    Google Shopping:shopping.google.com
    Idealo:idealo.de
    Mercado Libre:mercadolibre.com
    Rakuten:rakuten.co.jp rakuten.com
    Shopify:shopify.com shop.app
    Temu:temu.com
    """

  private static let assistants = """
    ChatGPT:chatgpt.com chat.openai.com chat.com
    Claude:claude.ai
    Copilot:copilot.microsoft.com copilot.com copilot.cloud.microsoft
    Gemini:gemini.google.com bard.google.com
    Perplexity:perplexity.ai
    DeepSeek:deepseek.com chat.deepseek.com
    Grok:grok.com
    Mistral:chat.mistral.ai mistral.ai
    Meta AI:meta.ai
    Poe:poe.com
    You.com:you.com
    Phind:phind.com
    HuggingChat:huggingface.co
    Kimi:kimi.com kimi.moonshot.cn
    Qwen:chat.qwen.ai
    Doubao:doubao.com
    Lumo:lumo.proton.me
    """

  private static let mail = """
    Gmail:mail.google.com com.google.android.gm
    Outlook:outlook.com outlook.live.com outlook.office.com outlook.office365.com mail.live.com
    Yahoo! Mail:mail.yahoo.com mail.yahoo.co.jp
    Proton Mail:mail.proton.me
    GMX:gmx.net gmx.de navigator.gmx.net deref-gmx.net
    Web.de:web.de navigator.web.de deref-web.de
    Fastmail:fastmail.com app.fastmail.com
    iCloud Mail:icloud.com
    Mail.ru:mail.ru e.mail.ru
    Yandex Mail:mail.yandex.ru
    Zoho Mail:mail.zoho.com
    QQ Mail:mail.qq.com
    163 Mail:mail.163.com
    """
}
