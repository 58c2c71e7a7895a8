/// The sources: name, colon, domains. Subdomains belong to their domain unless they are listed themselves.
///
/// Origin: written for Footfall from the sources' own public domains; no other list was copied. The kinds follow
/// Google Analytics 4's source categories where these are known.
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
    Yep:yep.com
    Marginalia:marginalia-search.com marginalia.nu
    Stract:stract.com
    Mullvad Leta:leta.mullvad.net
    Petal Search:petalsearch.com
    Gigablast:gigablast.com
    Exalead:exalead.com
    goo.ne.jp:goo.ne.jp
    Onet:onet.pl
    Wirtualna Polska:wp.pl
    Libero:libero.it
    Terra.com.br:terra.com.br
    Atlas.sk:atlas.sk
    Centrum.cz:centrum.cz
    Najdi:najdi.si
    Kvasir:kvasir.no
    Eniro:eniro.se
    Walla:walla.co.il
    """

  private static let social = """
    Facebook:facebook.com fb.com fb.me l.facebook.com lm.facebook.com m.facebook.com messenger.com com.facebook.katana com.facebook.orca
    Instagram:instagram.com l.instagram.com com.instagram.android
    X:x.com twitter.com t.co com.twitter.android
    Threads:threads.net threads.com l.threads.com
    Bluesky:bsky.app go.bsky.app
    Mastodon:mastodon.social mastodon.online mstdn.social fosstodon.org hachyderm.io mas.to infosec.exchange
    LinkedIn:linkedin.com lnkd.in com.linkedin.android
    Reddit:reddit.com out.reddit.com redd.it com.reddit.frontpage
    Pinterest:pinterest.com pin.it com.pinterest
    Hacker News:news.ycombinator.com
    Lobsters:lobste.rs
    VK:vk.com away.vk.com m.vk.com
    Odnoklassniki:ok.ru
    WhatsApp:whatsapp.com wa.me web.whatsapp.com
    Telegram:t.me telegram.org telegram.me web.telegram.org org.telegram.messenger
    Discord:discord.com discord.gg discordapp.com
    Slack:slack.com com.slack
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
    Lemmy:lemmy.world lemmy.ml
    Viber:viber.com
    Skype:skype.com
    Microsoft Teams:teams.microsoft.com
    Yammer:yammer.com
    Substack:substack.com
    Hatena:hatena.ne.jp b.hatena.ne.jp
    Ameba:ameblo.jp
    Naver Blog:blog.naver.com
    Plurk:plurk.com
    LiveJournal:livejournal.com
    Imgur:imgur.com
    9GAG:9gag.com
    Tildes:tildes.net
    DEV Community:dev.to
    Goodreads:goodreads.com
    Behance:behance.net
    Dribbble:dribbble.com
    DeviantArt:deviantart.com
    SlideShare:slideshare.net
    Mozilla Pocket:getpocket.com
    """

  private static let video = """
    YouTube:youtube.com youtu.be m.youtube.com com.google.android.youtube
    TikTok:tiktok.com
    Vimeo:vimeo.com
    Twitch:twitch.tv
    Dailymotion:dailymotion.com
    Bilibili:bilibili.com
    Niconico:nicovideo.jp
    Rumble:rumble.com
    Netflix:netflix.com
    Youku:youku.com
    PeerTube:peertube.tv
    Odysee:odysee.com
    Kick.com:kick.com
    Rutube:rutube.ru
    iQIYI:iqiyi.com iq.com
    Crunchyroll:crunchyroll.com
    Hulu:hulu.com
    Wistia:wistia.com
    Disney+:disneyplus.com
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
    Taobao:taobao.com
    Tmall:tmall.com
    JD.com:jd.com
    Allegro:allegro.pl
    Otto.de:otto.de
    Zalando:zalando.com zalando.de
    Cdiscount:cdiscount.com
    Bol.com:bol.com
    Wildberries:wildberries.ru
    Ozon:ozon.ru
    Flipkart:flipkart.com
    Shopee:shopee.com
    Lazada:lazada.com
    Target.com:target.com
    Best Buy:bestbuy.com
    IKEA:ikea.com
    Shein:shein.com
    Wish.com:wish.com
    PriceRunner:pricerunner.com
    Geizhals:geizhals.de geizhals.at
    Billiger:billiger.de
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
    Cohere:coral.cohere.com
    Pi.ai:pi.ai
    Character.AI:character.ai
    Le Chat:lechat.mistral.ai
    GLM:chatglm.cn chat.z.ai
    Ernie:yiyan.baidu.com
    Yuanbao:yuanbao.tencent.com
    Hunyuan:hunyuan.tencent.com
    Alice AI:alice.yandex.ru
    Genspark:genspark.ai
    Felo:felo.ai
    iAsk:iask.ai
    Andi:andisearch.com
    NotebookLM:notebooklm.google.com
    Google AI Studio:aistudio.google.com
    Liner:liner.com getliner.com
    Duck.ai:duck.ai
    Venice:venice.ai
    T3 Chat:t3.chat
    OpenRouter:openrouter.ai
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
    Tuta:app.tuta.com mail.tutanota.com
    Posteo:posteo.de
    Mailbox.org:mailbox.org
    AOL Mail:mail.aol.com
    T-Online Mail:email.t-online.de
    Freenet:freenet.de
    Seznam Email:email.seznam.cz
    Naver Mail:mail.naver.com
    Daum Mail:mail.daum.net
    Libero Mail:mail.libero.it
    Orange Mail:messagerie.orange.fr
    HEY Mail:app.hey.com
    Roundcube:roundcube.net
    """
}
