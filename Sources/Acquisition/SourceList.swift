/// The sources: name, colon, hosts. A host stands for itself, also as `m.` on phones. `*.` before it adds every host
/// below it: that is for hosts of which all serve the source, as those of old.reddit.com do. Many domains have hosts of
/// all kinds: docs.google.com is no search, and aws.amazon.com is no shop.
///
/// Written for Footfall from the sources' own public hosts; no other list was copied. The kinds follow Google Analytics
/// 4's source categories, unless a host is plainly something else. Checked in December 2026 against
/// - matomo-org/searchengine-and-social-list: AIAssistants.yml at 02a8125, Socials.yml at 03dcb35
/// - snowplow-referer-parser/referer-parser: resources/referers.yml at ba42fd5
/// - plausible/analytics: priv/ga4-source-categories.csv at a6d6013, priv/custom_sources.json at 022a786
enum SourceList {
  static let all: [(Source.Kind, String)] = [
    (.search, search), (.social, social), (.video, video), (.shopping, shopping), (.assistant, assistants),
    (.mail, mail),
  ]

  private static let search = """
    Google:google.com images.google.com lens.google.com scholar.google.com books.google.com cse.google.com *.googleadservices.com com.google.android.googlequicksearchbox
    Google News:news.google.com
    Bing:*.bing.com ntp.msn.com
    DuckDuckGo:*.duckduckgo.com com.duckduckgo.mobile.android
    Yahoo!:yahoo.com *.search.yahoo.com *.search.yahoo.co.jp
    Yandex:yandex.com ya.ru
    Baidu:baidu.com wap.baidu.com image.baidu.com
    Ecosia:*.ecosia.org
    Qwant:qwant.com lite.qwant.com
    Brave:search.brave.com
    Startpage:*.startpage.com
    Kagi:kagi.com
    Mojeek:*.mojeek.com
    Swisscows:*.swisscows.com
    MetaGer:metager.de metager.org
    Naver:naver.com *.search.naver.com
    Daum:daum.net search.daum.net
    Seznam:seznam.cz search.seznam.cz
    Sogou:*.sogou.com
    360 Search:so.com image.so.com
    Shenma:*.sm.cn
    AOL:aol.com search.aol.com suche.aol.de
    Ask:*.ask.com
    Dogpile:dogpile.com
    Lycos:lycos.com search.lycos.com
    Presearch:*.presearch.com
    Cốc Cốc:coccoc.com
    Rambler:rambler.ru nova.rambler.ru
    Virgilio:virgilio.it ricerca.virgilio.it
    T-Online:suche.t-online.de
    Web.de Suche:suche.web.de
    GMX Suche:suche.gmx.net
    Mail.ru Search:go.mail.ru
    Searx:searx.be searx.me
    Yep:yep.com
    Marginalia:marginalia-search.com search.marginalia.nu
    Stract:stract.com
    Mullvad Leta:leta.mullvad.net
    Petal Search:*.petalsearch.com
    Gigablast:gigablast.com
    Exalead:exalead.com
    goo.ne.jp:goo.ne.jp search.goo.ne.jp
    Onet:onet.pl szukaj.onet.pl
    Wirtualna Polska:wp.pl szukaj.wp.pl
    Libero:libero.it ricerca.libero.it
    Terra.com.br:terra.com.br busca.terra.com.br
    Atlas.sk:atlas.sk hladaj.atlas.sk
    Centrum.cz:centrum.cz search.centrum.cz
    Najdi:najdi.si
    Kvasir:kvasir.no
    Eniro:eniro.se
    Walla:walla.co.il search.walla.co.il
    """

  private static let social = """
    Facebook:*.facebook.com fb.com fb.me *.messenger.com com.facebook.katana com.facebook.lite com.facebook.orca
    Instagram:*.instagram.com com.instagram.android
    X:x.com mobile.x.com *.twitter.com t.co com.twitter.android
    Threads:*.threads.net *.threads.com com.instagram.barcelona
    Bluesky:*.bsky.app *.bsky.social xyz.blueskyweb.app
    Mastodon:mastodon.social mastodon.online mastodon.world mastodon.cloud mastodon.art mastodon.uno mastodon.nl mastodon.scot mstdn.social mstdn.jp fosstodon.org hachyderm.io mas.to masto.ai infosec.exchange techhub.social social.vivaldi.net social.tchncs.de troet.cafe chaos.social norden.social mathstodon.xyz indieweb.social ruby.social toot.community piaille.fr aus.social pawoo.net elk.zone phanpy.social org.joinmastodon.android
    LinkedIn:*.linkedin.com lnkd.in com.linkedin.android
    Reddit:*.reddit.com redd.it com.reddit.frontpage
    Pinterest:*.pinterest.com pin.it com.pinterest
    TikTok:*.tiktok.com com.zhiliaoapp.musically
    Hacker News:news.ycombinator.com
    Lobsters:lobste.rs
    VK:*.vk.com *.vk.ru vkontakte.ru
    Odnoklassniki:*.ok.ru odnoklassniki.ru
    My World:my.mail.ru
    WhatsApp:*.whatsapp.com wa.me com.whatsapp
    Telegram:t.me *.telegram.org telegram.me org.telegram.messenger org.telegram.messenger.web
    Discord:*.discord.com discord.gg *.discordapp.com com.discord
    Slack:*.slack.com com.slack
    Quora:*.quora.com
    Tumblr:*.tumblr.com t.umblr.com
    Medium:*.medium.com
    Xing:*.xing.com
    Weibo:*.weibo.com *.weibo.cn t.cn
    WeChat:*.weixin.qq.com wechat.com
    Qzone:*.qzone.qq.com
    Xiaohongshu:*.xiaohongshu.com xhslink.com rednote.com
    Zhihu:*.zhihu.com
    Douban:*.douban.com
    Tieba:tieba.baidu.com
    Line:*.line.me
    KakaoTalk:kakao.com open.kakao.com pf.kakao.com story.kakao.com
    Zalo:*.zalo.me
    Mixi:*.mixi.jp
    Snapchat:*.snapchat.com com.snapchat.android
    Flipboard:*.flipboard.com
    Stack Overflow:*.stackoverflow.com *.stackexchange.com superuser.com serverfault.com askubuntu.com
    GitHub:github.com gist.github.com com.github.android
    Product Hunt:*.producthunt.com
    Meetup:*.meetup.com
    Nextdoor:*.nextdoor.com
    Lemmy:lemmy.world lemmy.ml lemmy.ca lemmy.zip lemmy.dbzer0.com programming.dev feddit.org feddit.uk sh.itjust.works beehaw.org sopuli.xyz slrpnk.net aussie.zone discuss.tchncs.de
    PieFed:piefed.social
    Pixelfed:pixelfed.social
    Misskey:misskey.io
    Truth Social:truthsocial.com
    Viber:*.viber.com
    Skype:*.skype.com
    Microsoft Teams:teams.microsoft.com teams.live.com teams.cloud.microsoft *.teams.cdn.office.net com.microsoft.teams
    Yammer:*.yammer.com
    Substack:*.substack.com
    Slashdot:*.slashdot.org
    Google Groups:groups.google.com
    Hatena:*.hatena.ne.jp
    Yahoo! Chiebukuro:*.chiebukuro.yahoo.co.jp
    Ameba:ameblo.jp
    Naver Blog:blog.naver.com
    Naver Cafe:cafe.naver.com
    Plurk:*.plurk.com
    LiveJournal:*.livejournal.com
    Imgur:*.imgur.com
    9GAG:9gag.com
    Tildes:tildes.net
    DEV Community:dev.to
    Goodreads:*.goodreads.com
    Behance:*.behance.net
    Dribbble:*.dribbble.com
    DeviantArt:*.deviantart.com
    SlideShare:*.slideshare.net
    Mozilla Pocket:*.getpocket.com
    """

  private static let video = """
    YouTube:*.youtube.com youtu.be com.google.android.youtube
    Vimeo:*.vimeo.com
    Twitch:*.twitch.tv
    Dailymotion:*.dailymotion.com
    Bilibili:*.bilibili.com
    Niconico:*.nicovideo.jp
    Rumble:*.rumble.com
    Netflix:*.netflix.com
    Youku:*.youku.com
    PeerTube:peertube.tv
    Odysee:*.odysee.com
    Kick.com:*.kick.com
    Rutube:*.rutube.ru
    iQIYI:*.iqiyi.com *.iq.com
    Crunchyroll:*.crunchyroll.com
    Hulu:*.hulu.com
    Wistia:*.wistia.com
    Disney+:*.disneyplus.com
    """

  private static let shopping = """
    Amazon:amazon.com smile.amazon.com amzn.to amzn.eu a.co com.amazon.mshop.android.shopping
    eBay:ebay.com rover.ebay.com befr.ebay.be benl.ebay.be cafr.ebay.ca
    Etsy:*.etsy.com
    AliExpress:*.aliexpress.com
    Alibaba:*.alibaba.com
    Walmart:*.walmart.com
    Google Shopping:shopping.google.com
    Yahoo! Shopping:shopping.yahoo.com *.shopping.yahoo.co.jp
    Naver Shopping:*.shopping.naver.com
    Yandex Market:market.yandex.com
    Idealo:idealo.de
    Mercado Libre:*.mercadolibre.com
    Rakuten:rakuten.co.jp item.rakuten.co.jp search.rakuten.co.jp books.rakuten.co.jp rakuten.com
    Shopify:*.shopify.com *.myshopify.com shop.app
    Temu:*.temu.com
    Taobao:*.taobao.com
    Tmall:*.tmall.com
    JD.com:*.jd.com
    Allegro:allegro.pl
    Otto.de:otto.de
    Zalando:zalando.com *.zalando.de
    Cdiscount:cdiscount.com
    Bol.com:bol.com
    Wildberries:*.wildberries.ru
    Ozon:ozon.ru
    Flipkart:*.flipkart.com
    Shopee:*.shopee.com
    Lazada:*.lazada.com
    Target.com:target.com
    Best Buy:bestbuy.com
    IKEA:ikea.com
    Shein:*.shein.com
    Wish.com:wish.com
    PriceRunner:pricerunner.com
    Geizhals:geizhals.de geizhals.at
    Billiger:billiger.de
    """

  private static let assistants = """
    ChatGPT:chatgpt.com chat.openai.com chat.com com.openai.chatgpt
    OpenAI:openai.com
    Claude:claude.ai claude.com com.anthropic.claude
    Copilot:copilot.microsoft.com copilot.com copilot.cloud.microsoft m365.cloud.microsoft edgeservices.bing.com com.microsoft.copilot
    Gemini:gemini.google.com bard.google.com com.google.android.apps.bard
    Perplexity:perplexity.ai ai.perplexity.app.android
    DeepSeek:deepseek.com chat.deepseek.com com.deepseek.chat
    Grok:grok.com grok.x.ai x.ai ai.x.grok
    Le Chat:chat.mistral.ai lechat.mistral.ai mistral.ai
    Meta AI:meta.ai
    Poe:poe.com
    You.com:you.com
    Phind:phind.com
    HuggingChat:huggingface.co
    Kimi:kimi.com kimi.ai kimi.moonshot.cn
    Qwen:chat.qwen.ai qwen.ai qianwen.com tongyi.aliyun.com
    Doubao:doubao.com
    Lumo:lumo.proton.me
    Cohere:coral.cohere.com
    Pi.ai:pi.ai
    Character.AI:character.ai
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
    Kagi Assistant:assistant.kagi.com
    Liner:liner.com getliner.com
    Metaso:metaso.cn
    Duck.ai:duck.ai
    Venice:venice.ai
    T3 Chat:t3.chat
    OpenRouter:openrouter.ai
    """

  private static let mail = """
    Gmail:mail.google.com inbox.google.com com.google.android.gm
    Outlook:outlook.com *.safelinks.protection.outlook.com outlook.live.com *.mail.live.com outlook.office.com outlook.office365.com outlook.cloud.microsoft com.microsoft.office.outlook
    Yahoo! Mail:*.mail.yahoo.com *.mail.yahoo.co.jp com.yahoo.mobile.client.android.mail
    Proton Mail:mail.proton.me ch.protonmail.android
    GMX:gmx.net gmx.de *.navigator.gmx.net 3c.gmx.net deref-gmx.net deref-gmx.com
    Web.de:web.de *.navigator.web.de 3c.web.de deref-web.de
    Mail.com:mail.com *.navigator.mail.com deref-mail.com
    Fastmail:fastmail.com app.fastmail.com
    iCloud Mail:icloud.com
    Mail.ru:mail.ru e.mail.ru touch.mail.ru
    Yandex Mail:mail.yandex.com
    Rambler Mail:mail.rambler.ru
    Zoho Mail:mail.zoho.com mail.zoho.eu mail.zoho.in
    QQ Mail:*.mail.qq.com exmail.qq.com
    163 Mail:*.mail.163.com
    126 Mail:*.mail.126.com
    Tuta:app.tuta.com mail.tutanota.com
    Posteo:posteo.de
    Mailbox.org:*.mailbox.org
    AOL Mail:*.mail.aol.com
    T-Online Mail:email.t-online.de
    Freenet:freenet.de webmail.freenet.de
    Seznam Email:email.seznam.cz
    Naver Mail:mail.naver.com
    Daum Mail:mail.daum.net
    Kakao Mail:mail.kakao.com
    Libero Mail:mail.libero.it
    Orange Mail:messagerie.orange.fr
    HEY Mail:app.hey.com
    Thunderbird:net.thunderbird.android com.fsck.k9
    """
}
