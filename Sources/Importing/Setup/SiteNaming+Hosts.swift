import LineRules
import PageNames
import PrivacyPipeline

extension SiteNaming {
  /// Combines settings for all sites with those of single ones.
  ///
  /// - Parameter sites: the settings of sites, by their main hosts as the operator wrote them.
  /// - Throws: ``ImportFailure/usage(_:)`` if something is invalid.
  public init(_ texts: NamingTexts, ofSites sites: [String: NamingTexts]) throws(ImportFailure) {
    do {
      try self.init(texts, sites: Dictionary(sites.map { (HostName.canonical($0), $1) }) { $1 })
    } catch {
      throw .usage(error.description)
    }
  }
}
