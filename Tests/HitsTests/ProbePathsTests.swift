import Testing

@testable import Hits

@Suite struct ProbePathsTests {
  private func kind(_ path: String) -> ProbePaths.Kind? {
    ProbePaths.kind(of: Array(path.utf8).span)
  }

  @Test(arguments: [
    "/.env", "/.env.production", "/.ENV", "/.git/config", "/.git", "/.aws/credentials", "/wp-config.php.bak",
    "/boaform/admin/formLogin", "/HNAP1/", "/etc/passwd",
  ])
  func nobodysPagesAtTheTop(_ path: String) {
    #expect(kind(path) == .nobodys)
  }

  /// Sites that show source code have such paths, and people read them.
  @Test(arguments: [
    "/laravel/.env", "/tree/main/.git/config", "/docs/wp-config.php", "/wp-login.php", "/blog/wp-login.php",
    "/wp-admin/",
    "/WP-Admin/setup", "/phpMyAdmin/index.php", "/a/vendor/phpunit/phpunit/LICENSE",
  ])
  func pagesOfOtherSoftware(_ path: String) {
    #expect(kind(path) == .elsewhere)
  }

  @Test(arguments: [
    "/", "", "/about", "/env", "/blog/.well-known", "/wp-config-explained", "/blog/wp-login.php-is-slow",
    "/wp-administration",
    "/phpmyadmin-guide", "/favicon.ico", "/apple-touch-icon.png", "/wp-content/uploads/photo.jpg", "/cgi-bin/imagemap",
    "/_vti_bin/owssvr.dll", "/.well-known/security.txt", "/git/", "/latest/meta-data-explained", "/x.env",
  ])
  func pagesLikeAnyOther(_ path: String) {
    #expect(kind(path) == nil)
  }

  /// Every pattern matches the path it is written for, and occurs in the list once.
  @Test func everyPatternMatches() {
    let all = ProbeList.nobodys + ProbeList.elsewhere
    #expect(Set(all).count == all.count)
    for text in all {
      #expect(text.hasPrefix("/") && text == text.lowercased(), "\(text)")
      let path = text.hasSuffix("*") ? String(text.dropLast()) + "x" : text.hasSuffix("/") ? text + "x" : text
      #expect(kind(path) != nil, "\(text)")
      #expect(kind("/a" + path) == .elsewhere, "\(text)")
    }
  }
}
