// Apache: `LogFormat`, `CustomLog`, `GlobalLog`, `TransferLog`, `Define`, `Include`.
extension ServerConfiguration {
  /// Reads an Apache configuration.
  ///
  /// - Parameter included: returns the texts of the files that an `Include` names.
  public static func apache(_ text: String, including included: (String) -> [String]) -> ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.readApache(text, including: included)
    return configuration
  }

  mutating func readApache(_ text: String, including included: (String) -> [String]) {
    var names: [String: String] = [:]
    readApache(text, &names, including: included)
  }

  private mutating func readApache(
    _ text: String, _ names: inout [String: String], including included: (String) -> [String]
  ) {
    for line in ApacheText.lines(text) {
      let words = ApacheText.words(line).map { ApacheText.replacing(names, in: $0) }
      guard words.count > 1 else { continue }
      switch words[0].lowercased() {
      case "logformat": addFormat(words[1], name: words.count > 2 ? words[2] : Self.unnamed)
      case "customlog" where words.count > 2, "globallog" where words.count > 2: addLog(words[1], words[2])
      case "transferlog": logs.append(Log(path: ApacheText.path(words[1]), format: Self.unnamed))
      case "define": names[words[1]] = words.count > 2 ? words[2] : ""
      case "include", "includeoptional":
        for text in included(words[1]) { readApache(text, &names, including: included) }
      default: continue
      }
    }
  }

  private mutating func addFormat(_ text: String, name: String) {
    // Without a percent sign, the text is the name of another format, which becomes the unnamed one.
    guard text.contains("%") else { return formats[name] = formats[text] }
    add(name) { () throws(FormatError) in try ApacheFormat.compile(text, name: name) }
  }

  /// Adds a log with the name of its format, or with the format's text.
  private mutating func addLog(_ path: String, _ format: String) {
    if format.contains("%") { addFormat(format, name: format) }
    logs.append(Log(path: ApacheText.path(path), format: format))
  }

  /// The name of the format that `TransferLog` uses.
  private static let unnamed = "Apache format"
}

/// Splits an Apache configuration into lines and words.
private enum ApacheText {
  /// Returns the lines that are not comments, with continued lines joined.
  static func lines(_ text: String) -> [Substring] {
    let joined = text.replacing("\\\r\n", with: " ").replacing("\\\n", with: " ")
    return joined.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " || $0 == "\t" } }
      .filter { !$0.hasPrefix("#") }
  }

  /// Returns the words of a line. Quoted words may contain blanks and escaped quotes, which keep their backslash.
  static func words(_ line: Substring) -> [String] {
    var words: [String] = []
    var rest = line
    while let first = rest.first {
      if first == " " || first == "\t" {
        rest.removeFirst()
      } else if first == "\"" || first == "'" {
        rest.removeFirst()
        var word = ""
        while let next = rest.popFirst(), next != first {
          word.append(next)
          if next == "\\", let escaped = rest.popFirst() { word.append(escaped) }
        }
        words.append(word)
      } else {
        let word = rest.prefix { $0 != " " && $0 != "\t" }
        words.append(String(word))
        rest = rest.dropFirst(word.count)
      }
    }
    return words
  }

  static func replacing(_ names: [String: String], in word: String) -> String {
    guard word.contains("${") else { return word }
    return names.reduce(word) { $0.replacing("${\($1.key)}", with: $1.value) }
  }

  /// Returns the file a log is written to. For a log piped to a program, that is the first path among its arguments.
  static func path(_ word: String) -> String {
    guard word.hasPrefix("|") else { return word }
    let arguments = word.split(separator: " ").dropFirst()
    return arguments.first { $0.contains("/") || $0.contains(".") }.map(String.init) ?? word
  }
}
