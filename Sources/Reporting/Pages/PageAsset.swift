import Crypto
import Foundation

/// The style and the script of pages, kept in files of their own and built into the binary.
enum PageAsset {
  case style
  case script

  /// The element that holds it.
  var element: String { self == .style ? "style" : "script" }

  /// Its text as it stands in the page.
  var text: String {
    String(decoding: self == .style ? PackageResources.page_css : PackageResources.page_js, as: UTF8.self)
  }

  /// Its hash as a source of a content security policy: <https://www.w3.org/TR/CSP3/#grammardef-hash-source>.
  var source: String {
    "'sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString() + "'"
  }

  /// What a page may do: use its own style and script, known by their hashes, show its own icon, and nothing else.
  static var policy: String { policy(forms: "'none'") }

  /// The same for pages that are served, whose forms lead to where they come from.
  static var livePolicy: String { policy(forms: "'self'") }

  private static func policy(forms: String) -> String {
    "default-src 'none'; style-src \(style.source); script-src \(script.source); img-src data:; base-uri 'none'; "
      + "form-action \(forms)"
  }
}
