/// Fields of CSV (RFC 4180) that no spreadsheet takes for a formula.
public enum CSVText {
  /// What a cell begins with that spreadsheets compute; the wide forms are taken for the plain ones by some.
  ///
  /// Source of the rule: OWASP, "CSV Injection".
  private static let formulaStarts: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

  /// A text as a quoted field; an apostrophe is put in front where it would begin a formula.
  public static func field(_ text: String) -> String {
    let isFormula = text.unicodeScalars.first.map(formulaStarts.contains) ?? false
    var field = isFormula ? "\"'" : "\""
    for scalar in text.unicodeScalars {
      field.unicodeScalars.append(scalar)
      if scalar == "\"" { field.unicodeScalars.append(scalar) }
    }
    return field + "\""
  }
}
