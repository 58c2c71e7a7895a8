import AccessLog

/// The formats known by name, for help and messages.
public enum FormatNames {
  /// Name, summary and an example of each.
  public static let all = FormatCatalog.entries.map {
    (name: $0.format.name, summary: $0.summary, example: $0.example)
  }
}
