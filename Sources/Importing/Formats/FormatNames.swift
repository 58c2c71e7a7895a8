import AccessLog

/// The formats known by name, for help and messages.
public enum FormatNames {
  /// Name, family, summary and an example of each; those of a family stand together.
  public static let all = FormatCatalog.entries.map {
    (name: $0.format.name, family: $0.family.rawValue, summary: $0.summary, example: $0.example)
  }

  /// What may stand around the lines of any of them: name and summary.
  public static let envelopes = Envelope.allCases.map { (name: $0.rawValue, summary: $0.summary) }
}
