import HTTPTypes
import Hummingbird
import NIOCore

/// Responses of the server; those for programs are JSON.
enum Answer {
  /// Returns JSON with a status.
  static func json(_ status: HTTPResponse.Status, _ text: String, _ more: HTTPFields = [:]) -> Response {
    response(status, "application/json", text + "\n", more)
  }

  /// Returns `{"ok":true}`, with the reason if the request was skipped.
  static func accepted(skipped: String? = nil) -> Response {
    json(.ok, skipped.map { #"{"ok":true,"skipped":"\#($0)"}"# } ?? #"{"ok":true}"#)
  }

  /// Returns a refusal with its reason. Reasons are literals of ours and contain no quotes.
  static func refusal(_ status: HTTPResponse.Status, _ reason: String, _ more: HTTPFields = [:]) -> Response {
    json(status, refusalText(reason), more)
  }

  /// Returns the body of a refusal.
  static func refusalText(_ reason: String) -> String { #"{"ok":false,"error":"\#(reason)"}"# }

  /// Returns a page of the dashboard.
  static func page(_ status: HTTPResponse.Status, _ html: String, policy: String, _ more: HTTPFields = [:]) -> Response
  {
    var fields = more
    if let name = HTTPField.Name("Content-Security-Policy") { fields[name] = policy }
    return response(status, "text/html; charset=utf-8", html, fields)
  }

  private static func response(
    _ status: HTTPResponse.Status, _ type: String, _ text: String, _ more: HTTPFields
  ) -> Response {
    var fields = more
    fields[.contentType] = type
    fields[.cacheControl] = "no-store"
    fields[.xContentTypeOptions] = "nosniff"
    if let name = HTTPField.Name("Referrer-Policy") { fields[name] = "no-referrer" }
    return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
