import Crypto
import Foundation

/// The style sheet and the script of pages, which are separate source files and built into the binary.
enum PageAsset {
  case style
  case script

  /// The element that holds it.
  var element: String { self == .style ? "style" : "script" }

  /// Its text in the page.
  var text: String {
    String(decoding: self == .style ? PackageResources.page_css : PackageResources.page_js, as: UTF8.self)
  }

  /// Its hash as a source of a content security policy: <https://www.w3.org/TR/CSP3/#grammardef-hash-source>.
  var source: String {
    "'sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString() + "'"
  }

  /// The content security policy of pages: they may use their own style and script, identified by hashes, show their
  /// own icon, and do nothing else.
  static var policy: String { policy(forms: "'none'") }

  /// The policy of served pages, which may also send forms to their own server.
  static var livePolicy: String { policy(forms: "'self'") }

  private static func policy(forms: String) -> String {
    "default-src 'none'; style-src \(style.source); script-src \(script.source); img-src data:; base-uri 'none'; "
      + "form-action \(forms)"
  }
}
