import LineRules
import Testing

@testable import PageNames

@Suite struct PageNamerTests {
  @Test(arguments: [
    ("/docs", "/docs"), ("/docs/", "/docs"), ("/docs/index.html", "/docs"), ("//docs/", "/docs"), ("/", "/"),
    ("/index.php", "/"), ("//", "/"), ("///a////b//", "/a/b"), ("/Default.aspx", "/"), ("/a/Index.HTM", "/a"),
    ("/index.html/", "/index.html"), ("/myindex.html", "/myindex.html"), ("/index.html5", "/index.html5"),
    ("/Docs", "/Docs"), ("", "/"), ("*", "/"), ("/a/./b/../c/", "/a/c"), ("/index.php/news", "/index.php/news"),
    ("/%7Eanna//x", "/~anna/x"),
  ])
  func onePageHasOneName(path: String, name: String) throws {
    #expect(try named(path) == name)
  }

  @Test(arguments: [
    ("/docs/", "/docs/"), ("/docs/index.html", "/docs/index.html"), ("//docs//", "/docs/"), ("/", "/"),
  ])
  func twinsCanBeKept(path: String, name: String) throws {
    #expect(
      try named(path) {
        $0.slashes = .keep; $0.indexes = .keep
      } == name)
  }

  @Test(arguments: [
    ("/docs/index.html", "/docs/"), ("/docs/", "/docs/"),
  ])
  func indexNamesLeaveTheirSlash(path: String, name: String) throws {
    #expect(try named(path) { $0.slashes = .keep } == name)
  }

  @Test(arguments: [("/Docs/FAQ", "/docs/faq"), ("/M%C3%BCnchen", "/m%C3%BCnchen"), ("/A%2", "/a%252")])
  func caseCanBeFolded(path: String, name: String) throws {
    #expect(try named(path) { $0.letterCase = .fold } == name)
  }

  @Test(arguments: [
    ("/user/* -> /user/:name", "/user/anna", "/user/:name"),
    ("/user/* -> /user/:name", "/user/anna/", "/user/:name"),
    ("/user/* -> /user/:name", "/user/anna/posts/7", "/user/:name/posts/7"),
    ("/user/* -> /user/:name", "/user", "/user"),
    ("/user/* -> /user/:name", "/users/anna", "/users/anna"),
    ("/user/* -> /user/:name", "/x/user/anna", "/x/user/anna"),
    ("/user/*/ -> /user/:name/", "/user/anna", "/user/:name"),
    ("/shop/*/p/* -> /shop/:category/p/:product", "/shop/shoes/p/12", "/shop/:category/p/:product"),
    ("/shop/*/p/* -> /shop/:category/p/:product", "/shop/shoes/q/12", "/shop/shoes/q/12"),
    ("/p-*.html -> /p/$1", "/p-12.html", "/p/12"),
    ("/p-*-*.html -> /p/$2/$1", "/p-12-ab-c.html", "/p/ab-c/12"),
    ("/p-*.html -> /p/$1", "/p-.html", "/p-.html"),
    ("/p-*.html -> /p/$1", "/p-x.htm", "/p-x.htm"),
    ("/**/download/* -> /download/:file", "/a/b/download/x.zip", "/download/:file"),
    ("/**/download/* -> /download/:file", "/download/x.zip", "/download/:file"),
    ("/**/edit/* -> /$1/edit/:id", "/wiki/a/edit/5", "/wiki/a/edit/:id"),
    (#"/^\/item\/(\d+)-(.*)$/ -> /item/:id/$2"#, "/item/55-shoe", "/item/:id/shoe"),
    (#"/-\d+$/ -> -:n"#, "/news/title-4711", "/news/title-:n"),
    ("/münchen/* -> /stadt", "/m%C3%BCnchen/x", "/stadt"),
    ("/a/* -> /München/$1", "/a/b", "/M%C3%BCnchen/b"),
    ("/cost/* -> /cost/$$", "/cost/5", "/cost/$"),
    ("/old/* → /new/$1", "/old/x", "/new/x"),
    ("/old/* -> /new/$1/index.html", "/old/x", "/new/x"),
  ])
  func ruleNamesPages(rule: String, path: String, name: String) throws {
    #expect(try named(path) { $0.rules = [rule] } == name)
  }

  @Test func firstRuleApplies() throws {
    let rules = ["/user/me -> /user/me", "/user/* -> /user/:name"]
    #expect(try named("/user/me") { $0.rules = rules } == "/user/me")
    #expect(try named("/user/you") { $0.rules = rules } == "/user/:name")
  }

  @Test(arguments: [
    ("viewtopic.php: t, p", "/forum/viewtopic.php", "p=4&sid=99&t=12", "/forum/viewtopic.php?t=12&p=4"),
    ("viewtopic.php: t, p", "/viewtopic.php", "sid=99", "/viewtopic.php"),
    ("viewtopic.php: t", "/myviewtopic.php", "t=1", "/myviewtopic.php"),
    ("/viewtopic.php: t", "/forum/viewtopic.php", "t=1", "/forum/viewtopic.php"),
    ("/index.php: title", "/index.php", "title=Main+Page&action=edit", "/index.php?title=Main%20Page"),
    ("/index.php: title", "/index.php", "action=edit", "/"),
    ("/: p", "/", "p=12", "/?p=12"),
    ("/: p", "/index.php", "p=12", "/?p=12"),
    ("/: p", "/", "p=", "/"),
    ("/forum/: f", "/forum/", "f=2", "/forum?f=2"),
    ("/forum: f", "/forum/index.html", "f=2", "/forum?f=2"),
    ("/s: q", "/s", "q=a%26b=c&q=second", "/s?q=a%26b%3Dc"),
  ])
  func parametersMakePages(entry: String, path: String, query: String, name: String) throws {
    #expect(try named(path, query) { $0.keptQueries = [entry] } == name)
  }

  @Test func namesStayWhenTheyAreGivenAgain() throws {
    var texts = NamingTexts()
    texts.rules = ["/user/* -> /user/:name", #"/^\/item\/(\d+)/ -> /item/:id"#]
    texts.keptQueries = ["/index.php: title", "/: p", "viewtopic.php: t"]
    var namer = PageNamer(try PageNaming(texts))
    for path in ["/user/anna/x/", "/item/55", "//a//", "/index.php", "/viewtopic.php", "/A%C3%BC/%2F"] {
      for query in ["", "title=A+b/c&p=7", "p=%26&t=2"] {
        var name: [UInt8] = []
        let bytes = Array((path + query).utf8)
        let end = path.utf8.count
        namer.append(bytes.span.extracting(0..<end), query: bytes.span.extracting(end...), to: &name)
        let first = String(decoding: name, as: UTF8.self)
        #expect(namer.name(ofStored: first) == first)
      }
    }
    #expect(namer.name(ofStored: "(no path)") == "(no path)")
    #expect(namer.name(ofStored: "(other)") == "(other)")
  }

  private func named(
    _ path: String, _ query: String = "", _ change: (inout NamingTexts) -> Void = { _ in }
  ) throws -> String {
    var texts = NamingTexts()
    change(&texts)
    var namer = PageNamer(try PageNaming(texts))
    let bytes = Array((path + "?" + query).utf8)
    let end = path.utf8.count
    var name = Array("before".utf8)
    namer.append(bytes.span.extracting(0..<end), query: bytes.span.extracting((end + 1)...), to: &name)
    #expect(name.starts(with: "before".utf8))
    return String(decoding: name.dropFirst(6), as: UTF8.self)
  }
}
