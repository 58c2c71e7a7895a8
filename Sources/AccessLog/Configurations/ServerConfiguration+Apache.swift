// Apache: `LogFormat`, `CustomLog`, `GlobalLog`, `TransferLog`, `Define`, `Include`.
extension ServerConfiguration {
  /// Reads a configuration of Apache.
  ///
  /// - Parameter included: the texts of the files that an `Include` names.
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
    // Without a percent sign it is the name of another format, which the unnamed one becomes.
    guard text.contains("%") else { return formats[name] = formats[text] }
    add(name) { () throws(FormatError) in try ApacheFormat.compile(text, name: name) }
  }

  /// A log, and the name of its format or the very text.
  private mutating func addLog(_ path: String, _ format: String) {
    if format.contains("%") { addFormat(format, name: format) }
    logs.append(Log(path: ApacheText.path(path), format: format))
  }

  /// The name of the format of `TransferLog`.
  private static let unnamed = "Apache format"
}

/// Parts a configuration of Apache into lines and words.
private enum ApacheText {
  /// The lines that are no comments, continued ones joined.
  static func lines(_ text: String) -> [Substring] {
    let joined = text.replacing("\\\r\n", with: " ").replacing("\\\n", with: " ")
    return joined.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " || $0 == "\t" } }
      .filter { !$0.hasPrefix("#") }
  }

  /// The words of a line; quoted ones may hold blanks and escaped quotes, whose backslash stays.
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

  /// The file that a log goes to; of a log that is piped to a program the first path among its arguments.
  static func path(_ word: String) -> String {
    guard word.hasPrefix("|") else { return word }
    let arguments = word.split(separator: " ").dropFirst()
    return arguments.first { $0.contains("/") || $0.contains(".") }.map(String.init) ?? word
  }
}
