// nginx: `log_format`, `access_log`, `include`.
extension ServerConfiguration {
  /// Reads an nginx configuration.
  ///
  /// - Parameter included: returns the texts of the files that an `include` names.
  public static func nginx(_ text: String, including included: (String) -> [String]) -> ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.formats["combined"] = .combined
    configuration.readNginx(text, including: included)
    return configuration
  }

  mutating func readNginx(_ text: String, including included: (String) -> [String]) {
    for directive in NginxText.directives(text) {
      switch directive.first {
      case "log_format" where directive.count > 2:
        let escape = directive[2].hasPrefix("escape=") ? directive[2] + " " : ""
        let text = escape + directive.dropFirst(escape.isEmpty ? 2 : 3).joined()
        let name = directive[1]
        add(name) { () throws(FormatError) in try NginxFormat.compile(text, name: name) }
      case "access_log" where directive.count > 1 && directive[1] != "off":
        let format = directive.count > 2 && !directive[2].contains("=") ? directive[2] : "combined"
        let isWrapped = directive[1].hasPrefix("syslog:")
        if !isWrapped { logs.append(Log(path: directive[1], format: format)) }
      case "include" where directive.count > 1:
        for text in included(directive[1]) { readNginx(text, including: included) }
      default: continue
      }
    }
  }
}

/// Splits an nginx configuration into directives. Source of the rule: nginx's `ngx_conf_read_token`.
private enum NginxText {
  /// Returns the words of each directive. Blocks are flattened, since the names of formats and logs are global.
  static func directives(_ text: String) -> [[String]] {
    var directives: [[String]] = []
    var words: [String] = []
    var rest = text.unicodeScalars[...]
    while let first = rest.first {
      switch first {
      case " ", "\t", "\n", "\r": rest.removeFirst()
      case "#": rest = rest.drop { $0 != "\n" }
      case ";", "{", "}":
        rest.removeFirst()
        if !words.isEmpty { directives.append(words) }
        words = []
      case "'", "\"": words.append(quoted(&rest))
      default: words.append(bare(&rest))
      }
    }
    if !words.isEmpty { directives.append(words) }
    return directives
  }

  private static func quoted(_ rest: inout Substring.UnicodeScalarView) -> String {
    let quote = rest.removeFirst()
    var word = String.UnicodeScalarView()
    while let first = rest.popFirst(), first != quote { word.append(first == "\\" ? escaped(&rest, &word) : first) }
    return String(word)
  }

  private static func bare(_ rest: inout Substring.UnicodeScalarView) -> String {
    var word = String.UnicodeScalarView()
    while let first = rest.first, !" \t\n\r;".unicodeScalars.contains(first) {
      // A brace ends a word, unless it belongs to a variable: `${name}`.
      if first == "{", word.last != "$" { break }
      rest.removeFirst()
      word.append(first == "\\" ? escaped(&rest, &word) : first)
    }
    return String(word)
  }

  /// Returns the character that a backslash and the next character stand for. Before any other character, the
  /// backslash is kept.
  private static func escaped(
    _ rest: inout Substring.UnicodeScalarView, _ word: inout String.UnicodeScalarView
  ) -> Unicode.Scalar {
    guard let next = rest.popFirst() else { return "\\" }
    switch next {
    case "\"", "'", "\\": return next
    case "t": return "\t"
    case "n": return "\n"
    case "r": return "\r"
    default:
      word.append("\\")
      return next
    }
  }
}
