import HTTPTypes
import Hummingbird
import NIOCore

/// Answers of the server; those to programs are JSON.
enum Answer {
  /// JSON with a status.
  static func json(_ status: HTTPResponse.Status, _ text: String, _ more: HTTPFields = [:]) -> Response {
    response(status, "application/json", text + "\n", more)
  }

  /// `{"ok":true}`, and what was skipped where something was.
  static func accepted(skipped: String? = nil) -> Response {
    json(.ok, skipped.map { #"{"ok":true,"skipped":"\#($0)"}"# } ?? #"{"ok":true}"#)
  }

  /// A refusal with its reason in words; they are ours and hold no quotes.
  static func refusal(_ status: HTTPResponse.Status, _ reason: String, _ more: HTTPFields = [:]) -> Response {
    json(status, refusalText(reason), more)
  }

  /// The body of a refusal.
  static func refusalText(_ reason: String) -> String { #"{"ok":false,"error":"\#(reason)"}"# }

  /// A page of the dashboard.
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
