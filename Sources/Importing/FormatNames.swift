import AccessLog

/// The names of the formats, for help and messages.
public enum FormatNames {
  /// All names, joined by commas.
  public static let list = LogFormat.presets.map(\.name).joined(separator: ", ")
}
