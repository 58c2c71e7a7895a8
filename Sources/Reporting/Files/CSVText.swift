/// CSV fields (RFC 4180) that no spreadsheet evaluates as formulas.
public enum CSVText {
  /// The characters at the start of a cell that make spreadsheets evaluate it; some treat the wide forms like the plain
  /// ones.
  ///
  /// Source of the rule: OWASP, "CSV Injection".
  private static let formulaStarts: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

  /// Returns a text as a quoted field, with an apostrophe in front if it would start a formula.
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
