import Collecting
import Foundation
import HTTPTypes
import Hits
import Hummingbird
import Importing
import NIOCore
import StatsStore
import Tokens

/// The collect API: docs/serve.md has its contract.
struct CollectRoute: Sendable {
  let access: Access
  let proxies: TrustedProxies
  let queue: CollectQueue

  /// Answers a request to count a page view or an event.
  func answer(_ request: Request, _ caller: Caller, as kind: CollectRequest.Kind) async throws -> Response {
    guard let token = try access.bearer(request) else {
      return Answer.refusal(
        .unauthorized, "a token is required: Authorization: Bearer fft_…", [.wwwAuthenticate: "Bearer"])
    }
    guard token.abilities.contains(.collectWrite) else {
      return Answer.refusal(.forbidden, "this token lacks the ability collect:write")
    }
    let body = try await BodyText.bytes(of: request)
    var collected = CollectRequest()
    let refusals = Self.read(body, as: kind, into: &collected)
    guard refusals.isEmpty else { return Self.unprocessable(refusals.map { ($0.field.text, $0.rule.message) }) }
    if collected[.ip].isEmpty {
      let address = caller.address(request.headers, proxies)
      collected.set(.ip, address.span, address.indices)
    }
    switch await queue.keep(LiveRequest(collected, onlySite: token.site?.id)) {
    case .answered(let answer): return Self.response(to: answer)
    case .full:
      return Answer.refusal(
        .serviceUnavailable, "too many requests are waiting; send this one again", [.retryAfter: "1"])
    case .failed:
      return Answer.refusal(
        .serviceUnavailable, "the database could not store it; send this one again", [.retryAfter: "10"])
    }
  }

  /// Returns the latest timestamp that a request may have now: a day ahead, because clocks differ.
  static func latest() -> Int64 { Int64(Date().timeIntervalSince1970) + 86_400 }

  private static func read(
    _ body: [UInt8], as kind: CollectRequest.Kind, into request: inout CollectRequest
  ) -> [BrokenRule] {
    let now = Int64(Date().timeIntervalSince1970)
    var reader = CollectBody(latest: latest())
    return reader.read(body.span, body.indices, as: kind, now: now, into: &request)
  }

  private static func response(to answer: LiveAnswer) -> Response {
    switch answer {
    case .otherSite: Answer.refusal(.forbidden, "this token is for another site")
    case .noPlan: Answer.refusal(.forbidden, "the plan of this site has no API")
    case .ended(let outcome): response(to: outcome)
    }
  }

  private static func response(to outcome: Outcome) -> Response {
    switch outcome {
    case .unknownSite: Answer.json(.notFound, #"{"ok":false}"#)
    case .capExceeded:
      Answer.json(.init(code: 402, reasonPhrase: "Payment Required"), #"{"ok":false,"reason":"cap_exceeded"}"#)
    case .botUserAgent, .botAddress: Answer.accepted(skipped: "bot")
    case .referrerSpam: Answer.accepted(skipped: "referrer_spam")
    case .late: unprocessable([("timestamp", "must be of a day that is not sealed")])
    case .invalidURL: unprocessable([("url", "must be an address of a page")])
    case .invalidPathname: unprocessable([("pathname", "must start with a slash")])
    case .invalidName: unprocessable([("name", "must have 1 to 255 characters")])
    case .invalidProps: unprocessable([("props", "must be a flat object of at most 4096 bytes")])
    default: Answer.accepted()
    }
  }

  /// Returns a response that names fields and rules, but contains nothing from the request.
  private static func unprocessable(_ faults: [(field: String, rule: String)]) -> Response {
    let list = faults.map { #"{"field":"\#($0.field)","rule":"\#($0.rule)"}"# }.joined(separator: ",")
    return Answer.json(.unprocessableContent, #"{"ok":false,"errors":[\#(list)]}"#)
  }
}

/// The bodies of requests, which are short.
enum BodyText {
  /// The error for a body over the limit.
  struct TooLong: Error {}

  /// Reads the bytes of the body.
  ///
  /// - Throws: ``TooLong``.
  static func bytes(of request: Request) async throws -> [UInt8] {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Limits.body { throw TooLong() }
    var bytes: [UInt8] = []
    for try await part in request.body {
      guard bytes.count + part.readableBytes <= Limits.body else { throw TooLong() }
      bytes += part.readableBytesView
    }
    return bytes
  }
}
