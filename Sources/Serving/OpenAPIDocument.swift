/// The description of the API for programs (OpenAPI 3.1).
enum OpenAPIDocument {
  private static let text = String(decoding: PackageResources.openapi_json, as: UTF8.self)
  /// The placeholder for the latest timestamp that is accepted now.
  private static let endOfTime = "4102444799"

  /// Returns the document.
  ///
  /// - Parameter latest: the latest timestamp that a request may have now, in Unix seconds.
  static func text(latest: Int64) -> String {
    text.replacing(endOfTime, with: String(latest))
  }
}
