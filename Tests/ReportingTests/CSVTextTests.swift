import Reporting
import Testing

@Suite struct CSVTextTests {
  @Test(arguments: [
    ("/", "\"/\""), ("", "\"\""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("=1+1", "\"'=1+1\""), ("+49", "\"'+49\""), ("-1", "\"'-1\""), ("@SUM(A1)", "\"'@SUM(A1)\""),
    ("\t=1", "\"'\t=1\""), ("\r=1", "\"'\r=1\""), ("\n=1", "\"'\n=1\""), ("\r\n=1", "\"'\r\n=1\""),
    ("＝1", "\"'＝1\""), ("=\u{301}1", "\"'=\u{301}1\""), ("a=1", "\"a=1\""), ("\"=1", "\"\"\"=1\""), ("'=1", "\"'=1\""),
  ])
  func isNoFormula(_ text: String, _ expected: String) {
    #expect(CSVText.field(text) == expected)
  }
}
