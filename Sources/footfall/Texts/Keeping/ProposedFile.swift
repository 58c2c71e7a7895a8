import Foundation
import Importing

/// A proposal as the text of a configuration file.
enum ProposedFile {
  /// Returns the file.
  ///
  /// - Parameter database: the path of the database, for the key `db`.
  static func text(_ proposal: ServerProposal, database: String) -> String {
    let blocks = [head(proposal), "db = \(quoted(database))\n", logs(proposal), reading(proposal), geo]
    return (blocks.filter { !$0.isEmpty } + proposal.sites.map { site($0, proposal) }).joined(separator: "\n")
  }

  private static func head(_ proposal: ServerProposal) -> String {
    comment("Written by footfall config init, from \(proposal.path).")
      + comment("All keys: docs/config.md. Check changes with footfall config check, then run footfall import.")
  }

  private static func logs(_ proposal: ServerProposal) -> String {
    var text = comment("The access logs and their rotated copies. No line counts twice.")
    text += "logs = [\n" + proposal.logs.map { "  \(quoted($0)),\n" }.joined() + "]\n"
    if !proposal.omitted.isEmpty {
      text += comment("Not in the list, but visitors may be in them:")
      text += proposal.omitted.map { comment("- " + $0) }.joined()
    }
    if !proposal.notes.isEmpty {
      text += comment("Left out:")
      text += proposal.notes.map { comment("- " + $0) }.joined()
    }
    return text
  }

  private static func reading(_ proposal: ServerProposal) -> String {
    var text = ""
    if proposal.needsFormats {
      text += comment("The formats of the logs are read from here on each import.")
      text += "\(proposal.isNginx ? "nginx" : "apache")-conf = \(quoted(proposal.path))\n"
    }
    if !proposal.trustedProxies.isEmpty {
      text += comment("The proxies that the server trusts to name the client.")
      text += "trusted-proxy = [" + proposal.trustedProxies.map(quoted).joined(separator: ", ") + "]\n"
    }
    return text
  }

  private static let geo =
    comment("For countries, cities and networks: City and ASN files, as of GeoLite2 or DB-IP.")
    + comment("geo = [\"/var/lib/GeoIP/GeoLite2-City.mmdb\", \"/var/lib/GeoIP/GeoLite2-ASN.mmdb\"]")

  private static func site(_ site: ServerProposal.Site, _ proposal: ServerProposal) -> String {
    var text = "[[sites]]\n" + site.remarks.map { comment($0) }.joined() + "host = \(quoted(site.host))\n"
    text += "timezone = \(quoted(proposal.timeZone))  # of this machine; decides when days begin\n"
    if !site.aliases.isEmpty { text += "aliases = \(list(site.aliases))\n" }
    if !site.files.isEmpty { text += "files = \(list(site.files))\n" }
    return text
  }

  private static func list(_ texts: [String]) -> String { "[" + texts.map(quoted).joined(separator: ", ") + "]" }

  private static func comment(_ text: String) -> String { "# " + plain(text) + "\n" }

  /// Returns a text as a TOML string (TOML 1.0, "Basic strings").
  private static func quoted(_ text: String) -> String {
    "\"" + plain(text).replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
  }

  /// Returns a text without control characters, which no path or host has in earnest.
  private static func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
  }
}
