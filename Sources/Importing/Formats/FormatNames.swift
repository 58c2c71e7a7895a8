import AccessLog

/// The formats known by name, for help and messages.
public enum FormatNames {
  /// Name, family, summary and an example of each format; those of one family are adjacent.
  public static let all = FormatCatalog.entries.map {
    (name: $0.format.name, family: $0.family.rawValue, summary: $0.summary, example: $0.example)
  }

  /// Name and summary of each envelope that lines of any format may have.
  public static let envelopes = Envelope.allCases.map { (name: $0.rawValue, summary: $0.summary) }
}
