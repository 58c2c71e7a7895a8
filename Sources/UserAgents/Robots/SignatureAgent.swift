import ByteScanning
import Hits

/// Reads the header `Signature-Agent`, in which robots that sign their requests name the host with their keys.
///
/// Its value is a text in quotes, or several with labels: `"https://chatgpt.com"`, `sig1="https://agent.example"`. Source:
/// draft-meunier-http-message-signatures-directory, section "Signature-Agent".
public enum SignatureAgent {
  /// Returns the robot that a value names; nil if it names no host.
  public static func robot(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Robot? {
    guard let host = RobotName(bytes.extracting(range)).host else { return nil }
    if host.hasSuffix(bedrock.host), let robot = RobotDirectory.standard.robot(named: bedrock.name) { return robot }
    if let known = names[host] {
      return RobotDirectory.standard.robot(named: known.name)
        ?? Robot(name: known.name, operator: known.operator, kind: .aiAgent)
    }
    return Robot(name: host, operator: host, kind: .aiAgent)
  }

  /// Amazon has a host for each of its regions.
  private static let bedrock = (host: ".on.aws", name: "bedrockbot")

  /// Hosts of known operators, without `www.`. Sources: OpenAI, "ChatGPT agent allowlisting"; Google, "User-triggered
  /// fetchers"; the documentation of Browserbase, Manus, DuckDuckGo, Anchor, Exa, You.com, Meta and Cloudflare.
  private static let names: [String: (name: String, operator: String)] = [
    "chatgpt.com": ("ChatGPT agent", "OpenAI"), "agent.bot.goog": ("Google-Agent", "Google"),
    "browserbase.com": ("Browserbase", "Browserbase"), "api.manus.im": ("Manus-User", "Manus"),
    "assistbot.duckduckgo.com": ("DuckAssistBot", "DuckDuckGo"), "bot.duckduckgo.com": ("DuckAssistBot", "DuckDuckGo"),
    "you.com": ("YouBot", "You.com"), "crawler.exa.ai": ("ExaSearchBot", "Exa"),
    "api.anchorbrowser.io": ("Anchor Browser", "Anchor"), "meta.com": ("meta-externaltest", "Meta"),
    "api.apify.com": ("ApifyWebsiteContentCrawler", "Apify"),
    "search.ai.cloudflare.com": ("Cloudflare-AI-Search", "Cloudflare"),
  ]
}
