import Foundation
import HTTPTypes
import Hummingbird
import Reporting
import StatsStore

/// The dashboard pages.
///
/// An actor, because one database connection serves one page after the other.
actor DashboardRoute {
  private let dashboard: Dashboard
  private let access: Access

  /// - Throws: ``StoreError``.
  init(database: String, outlines: CountryOutlines, access: Access) throws {
    dashboard = try Dashboard(database: database, outlines: outlines)
    self.access = access
  }

  /// Returns the page that the query asks for.
  func page(_ request: Request, _ caller: Caller, query: String) throws -> Response {
    let only: UInt32?
    switch try access.sight(request, caller) {
    case .nothing: return Self.signIn(isRefused: false)
    case .everything: only = nil
    case .site(let id): only = id
    }
    do {
      let query = try DashboardQuery(FormText.parameters(query))
      let now = Int64(Date().timeIntervalSince1970)
      return Answer.page(.ok, try dashboard.page(query, only: only, now: now), policy: Dashboard.policy)
    } catch let error as DashboardRefusal {
      return Self.notice(.badRequest, error.description)
    } catch let error as FilterRefusal {
      return Self.notice(.badRequest, error.description)
    } catch let error as ReportRefusal {
      return Self.notice(.badRequest, error.description)
    } catch StoreError.noSuchSite {
      return Self.notice(.notFound, "Site not found.")
    }
  }

  /// Accepts a token from the sign-in form and stores it in a cookie.
  func signIn(_ request: Request, form: String) throws -> Response {
    let token = FormText.parameters(form).first { $0.name == "token" }?.value ?? ""
    guard try access.maySee(token) else { return Self.signIn(isRefused: true) }
    let isSecure = HTTPField.Name("X-Forwarded-Proto").flatMap { request.headers[$0] }?.lowercased() == "https"
    return Response(
      status: .seeOther, headers: [.location: "/", .setCookie: Access.setCookie(token, isSecure: isSecure)])
  }

  private static func signIn(isRefused: Bool) -> Response {
    Answer.page(
      .unauthorized, NoticePage.signIn(isRefused: isRefused), policy: Dashboard.policy,
      [.wwwAuthenticate: "Bearer"])
  }

  private static func notice(_ status: HTTPResponse.Status, _ text: String) -> Response {
    Answer.page(status, NoticePage.document(text), policy: Dashboard.policy)
  }
}
