import HTTPTypes
import Hummingbird
import StatsStore
import Tokens

/// The rules for who may do what.
struct Access: Sendable {
  /// The statistics that a client may see.
  enum Sight: Equatable {
    case nothing
    case everything
    /// One site, by its id.
    case site(UInt32)
  }

  private static let cookie = "footfall_token"

  let tokens: TokenList
  /// Whether statistics need a token even on this machine.
  let requiresToken: Bool

  /// Returns the token in the `Authorization` header; nil if there is none or it is unknown.
  func bearer(_ request: Request) throws -> StoredToken? {
    guard let value = request.headers[.authorization], value.lowercased().hasPrefix("bearer ") else { return nil }
    return try tokens.token(value.dropFirst(7).trimmingBlanks)
  }

  /// Returns what the sender of a request may see: everything on this machine, otherwise what its token allows. The
  /// token is in the header or, from browsers, in a cookie.
  func sight(_ request: Request, _ caller: Caller) throws -> Sight {
    if !requiresToken, caller.isLocal(request.headers, authority: request.head.authority) { return .everything }
    let token = try bearer(request) ?? Self.cookie(of: request).flatMap { try tokens.token($0) }
    guard let token, token.abilities.contains(.statsRead) else { return .nothing }
    return token.site.map { .site($0.id) } ?? .everything
  }

  /// Returns whether a token allows access to statistics.
  func maySee(_ text: String) throws -> Bool {
    try tokens.token(text)?.abilities.contains(.statsRead) ?? false
  }

  /// Returns the header that makes a browser keep a token until it is closed, send it only to this server, and hide it
  /// from scripts.
  static func setCookie(_ token: String, isSecure: Bool) -> String {
    "\(cookie)=\(token); Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "")
  }

  private static func cookie(of request: Request) -> String? {
    for header in request.headers[values: .cookie] {
      for pair in header.split(separator: ";") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        if parts.count == 2, String(parts[0]).trimmingBlanks == cookie { return String(parts[1]).trimmingBlanks }
      }
    }
    return nil
  }
}

extension StringProtocol {
  /// The text without leading and trailing blanks.
  fileprivate var trimmingBlanks: String {
    var text = self[...]
    while text.first == " " || text.first == "\t" { text = text.dropFirst() }
    while text.last == " " || text.last == "\t" { text = text.dropLast() }
    return String(text)
  }
}
