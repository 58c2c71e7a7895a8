import Collecting
import Foundation
import HTTPTypes
import Hummingbird
import Reporting
import StatsStore

/// Routes requests to their handlers. Paths are compared byte by byte: other spellings, such as percent-encoded
/// ones, are not found.
struct Routes: HTTPResponder {
  typealias Context = Caller

  let collect: CollectRoute
  let dashboard: DashboardRoute
  let onProblem: @Sendable (String) -> Void

  private enum Route {
    case health
    case openAPI
    case dashboard
    case signIn
    case pageview
    case event

    init?(_ path: some StringProtocol) {
      switch path {
      case "/health": self = .health
      case "/openapi.json": self = .openAPI
      case "/": self = .dashboard
      case "/sign-in": self = .signIn
      case "/api/v1/collect/pageview": self = .pageview
      case "/api/v1/collect/event": self = .event
      default: return nil
      }
    }

    /// The methods it accepts, as in the `Allow` header.
    var methods: String {
      switch self {
      case .health, .openAPI, .dashboard: "GET, HEAD"
      case .signIn, .pageview, .event: "POST"
      }
    }

    func has(_ method: HTTPRequest.Method) -> Bool {
      methods == "POST" ? method == .post : method == .get || method == .head
    }
  }

  func respond(to request: Request, context: Caller) async throws -> Response {
    do {
      return try await answer(request, context)
    } catch is BodyText.TooLong {
      return Answer.refusal(.contentTooLarge, "the body is longer than \(Limits.body) bytes")
    } catch let error as StoreError {
      // The description contains no values from the database.
      onProblem(error.description)
      return Answer.refusal(.internalServerError, "internal error; try again")
    }
  }

  private func answer(_ request: Request, _ caller: Caller) async throws -> Response {
    let target = request.head.path ?? ""
    let path = target.prefix { $0 != "?" }
    guard let route = Route(path) else {
      return Answer.refusal(.notFound, "nothing at this address; see /openapi.json")
    }
    guard route.has(request.method) else {
      return Answer.refusal(.methodNotAllowed, "this address accepts \(route.methods)", [.allow: route.methods])
    }
    let response: Response
    switch route {
    case .health: response = Answer.json(.ok, #"{"ok":true}"#)
    case .openAPI: response = Answer.json(.ok, OpenAPIDocument.text(latest: CollectRoute.latest()))
    case .dashboard:
      response = try await dashboard.page(request, caller, query: String(target.dropFirst(path.count + 1)))
    case .signIn:
      let form = String(decoding: try await BodyText.bytes(of: request), as: UTF8.self)
      response = try await dashboard.signIn(request, form: form)
    case .pageview: response = try await collect.answer(request, caller, as: .pageview)
    case .event: response = try await collect.answer(request, caller, as: .event)
    }
    return request.method == .head ? response.createHeadResponse() : response
  }
}
