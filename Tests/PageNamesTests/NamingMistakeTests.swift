import LineRules
import Testing

@testable import PageNames

@Suite struct NamingMistakeTests {
  @Test(arguments: [
    ("/user/*", "has no arrow"), ("user/* -> /u", "paths begin with a slash"), ("/a?b=* -> /a", "--keep-query"),
    ("/a//b -> /c", "several slashes"), ("/a/../b -> /c", "'.' and '..'"), ("/a/* ->", "no new name"),
    ("/a/* -> b", "begin with a slash"), ("/a/* -> /$2", "there is no $2"), ("/a -> /$1", "there is no $1"),
    ("/a/* -> /$0", "there is no $0"), ("/a/* -> /$x", "after $ comes"), ("/a/* -> /b?c", "no query"),
    ("/(/ -> /b", "not a valid regular expression"), (#"/^\/a(\d)/ -> /$2"#, "there is no $2"),
    ("/^abc/ -> /b", "paths begin with a slash"), (#"/\?id=(\d+)/ -> /b"#, "no query"),
    ("/^\\/mün/ -> /b", "percent-encoded"), ("/a/** -> /b", "omit '/**'"),
    ("/*-*-*-*-*-*-*-*-*-* -> /b", "too many stars"), ("/a/* -> /a/x/$1", "loops"),
    ("/docs/index.html -> /handbook", "index names are merged"),
  ])
  func ruleIsRefused(rule: String, reason: String) {
    expectRefusal([rule], reason)
  }

  @Test func rulesThatDisagreeAreRefused() {
    expectRefusal(["/user/* -> /user/:name", "/user/*/edit -> /user/:name/edit"], "comes before it")
    expectRefusal(["/blog/* -> /posts/$1", "/posts/* -> /posts/:slug"], "changed again by '/posts/*")
    expectRefusal(["/Docs/* -> /docs/:page"], "capital letters") { $0.letterCase = .fold }
  }

  @Test func rulesThatAgreeArePermitted() throws {
    var texts = NamingTexts()
    texts.rules = [
      "/user/*/edit -> /user/:name/edit", "/user/* -> /user/:name", "/%C3%9C/* -> /:x", "/docs/*.html -> /docs/$1",
      #"/^\/(\d{4})\/(\d\d)\/.*$/ -> /$1/$2/:post"#,
    ]
    texts.letterCase = .fold
    _ = try PageNaming(texts)
  }

  @Test(arguments: [
    ("viewtopic.php", "no colon"), (": t", "needs a path"), ("a/b.php: t", "begins with a slash"),
    ("/a?x: t", "needs a path"), ("/*: t", "no stars"), ("/a:", "names of parameters"),
    ("/a: t,,p", "names of parameters"),
    ("/a: t, t", "twice"), ("/a: gclid", "single clicks"), ("/a: utm_source", "as a campaign"),
    ("/a: t p", "names of parameters"),
  ])
  func entryIsRefused(entry: String, reason: String) {
    expectRefusal([], reason) { $0.keptQueries = [entry] }
  }

  private func expectRefusal(
    _ rules: [String], _ reason: String, _ change: (inout NamingTexts) -> Void = { _ in }
  ) {
    var texts = NamingTexts()
    texts.rules = rules
    change(&texts)
    do throws(RuleMistake) {
      _ = try PageNaming(texts)
      Issue.record("\(rules) \(texts.keptQueries) were permitted")
    } catch {
      #expect(error.description.contains(reason), "\(error.description)")
    }
  }
}
