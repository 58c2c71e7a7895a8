/// The description of the API for programs (OpenAPI 3.1).
enum OpenAPIDocument {
  private static let text = String(decoding: PackageResources.openapi_json, as: UTF8.self)
  /// The end of time, in whose place the last timestamp stands that is taken now.
  private static let endOfTime = "4102444799"

  /// The document.
  ///
  /// - Parameter latest: the last timestamp that a request may have now, in Unix seconds.
  static func text(latest: Int64) -> String {
    text.replacing(endOfTime, with: String(latest))
  }
}
