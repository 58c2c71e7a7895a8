import ArgumentParser
import Configuring
import Importing
import LineRules
import PageNames
import Redaction

extension RedactionLevel: ExpressibleByArgument {}
extension PageNaming.Twins: ExpressibleByArgument {}
extension PageNaming.LetterCase: ExpressibleByArgument {}

/// Flags that decide how pages are named and what is redacted, for every command that counts or shows requests.
struct PageOptions: ParsableArguments {
  @Option(
    name: .customLong("path"), parsing: .singleValue,
    help: ArgumentHelp(
      """
      Name pages: '/user/* -> /user/:name', '/shop/*/p/* -> /shop/:category/p/:product', or a regular expression \
      between slashes with $1 for its groups; repeatable, the first match applies.
      """, valueName: "rule"))
  var paths: [String] = []

  @Option(
    help: ArgumentHelp("Make capital letters in paths small (fold), or not (keep).", valueName: "keep|fold"))
  var pathCase: PageNaming.LetterCase?

  @Option(
    help: ArgumentHelp("Count /docs/ as /docs (merge, the default), or apart (keep).", valueName: "merge|keep"))
  var pathSlash: PageNaming.Twins?

  @Option(
    help: ArgumentHelp(
      "Count /docs/index.html, index.php, default.aspx … as /docs/ (merge, the default), or apart (keep).",
      valueName: "merge|keep"))
  var pathIndex: PageNaming.Twins?

  @Option(
    name: .customLong("keep-query"), parsing: .singleValue,
    help: ArgumentHelp(
      "Keep these query parameters in the names of pages: 'viewtopic.php: t, p', '/index.php: title', '/: p'; repeatable.",
      valueName: "entry"))
  var keptQueries: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      What becomes :email, :uuid, :token, :phone, :ip or :card in all that is stored: nothing (off), what is certain \
      (default), or numbers, too, as :id (strict).
      """, valueName: "off|default|strict"))
  var redact: RedactionLevel?

  func validate() throws {
    do {
      _ = try PageNaming(texts)
    } catch {
      throw ValidationError(error.description)
    }
  }

  /// The flags as one value.
  var texts: NamingTexts {
    var texts = NamingTexts()
    texts.redaction = redact
    texts.letterCase = pathCase
    texts.slashes = pathSlash
    texts.indexes = pathIndex
    texts.rules = paths
    texts.keptQueries = keptQueries
    return texts
  }

  /// Returns how the pages of all sites are named: by these flags, and by the sites' own keys in the configuration file.
  ///
  /// - Throws: ``ImportFailure/usage(_:)``.
  func naming(_ sites: [SiteSection]) throws -> SiteNaming { try Self.naming(texts, sites) }

  /// Returns how the pages of all sites are named, with settings for those that have none of their own.
  ///
  /// - Throws: ``ImportFailure/usage(_:)``.
  static func naming(_ texts: NamingTexts, _ sites: [SiteSection]) throws -> SiteNaming {
    var ofSites: [String: NamingTexts] = [:]
    do throws(RuleMistake) {
      for site in sites { ofSites[site.host] = try site.naming() }
    } catch {
      throw ImportFailure.usage(error.description)
    }
    return try SiteNaming(texts, ofSites: ofSites)
  }
}
