// Apache: `LogFormat`, `CustomLog`, `GlobalLog`, `TransferLog`, `Define`, `Include`, `VirtualHost`, `ServerName`,
// `ServerAlias`, `ServerRoot`, `Redirect`, `RemoteIPTrustedProxy`. Sources of the rules: Apache 2.4, mod_log_config
// ("Virtual Hosts": a host without a log of its own uses that of the main server), core, mod_alias, mod_remoteip.
extension ServerConfiguration {
  /// Reads an Apache configuration.
  ///
  /// - Parameters:
  ///   - variables: what `${NAME}` stands for, as set by the environment.
  ///   - included: returns the texts of the files that an `Include` names.
  public static func apache(
    _ text: ConfigurationText, variables: [String: String] = [:],
    including included: (ConfigurationInclude) -> [ConfigurationText]
  ) -> ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.readApache(text, variables: variables, including: included)
    return configuration
  }

  mutating func readApache(
    _ text: ConfigurationText, variables: [String: String] = [:],
    including included: (ConfigurationInclude) -> [ConfigurationText]
  ) {
    var reader = ApacheReader(configuration: self, variables: variables)
    reader.read(text, depth: 0, including: included)
    reader.finish()
    self = reader.configuration
  }

  /// The name of the format that `TransferLog` uses.
  static let unnamed = "Apache format"

  /// Returns the host of a URL; nil if it is variable.
  static func host(ofURL url: String) -> String? {
    guard let slashes = url.firstRange(of: "://") else { return nil }
    let host = url[slashes.upperBound...].prefix { !"/:?$%".contains($0) }
    return host.isEmpty ? nil : String(host)
  }
}

/// Reads directives in the sections that they are in.
private struct ApacheReader {
  /// Sections whose directives do not concern all requests of a server.
  private static let parts: Set = [
    "directory", "directorymatch", "location", "locationmatch", "files", "filesmatch", "if", "elseif", "else", "proxy",
    "proxymatch", "limit", "limitexcept",
  ]

  var configuration: ServerConfiguration
  private var variables: [String: String]
  private var sections: [(name: String, file: String, line: Int)] = []
  private var main = ServerDescription()
  private var mainLogs: [ServerDescription.Log] = []
  private var host: ServerDescription?
  private var hostLogs: [ServerDescription.Log] = []
  /// Virtual hosts without a log of their own.
  private var inheriting: [Int] = []
  private var globalLogs: [ServerDescription.Log] = []

  init(configuration: ServerConfiguration, variables: [String: String]) {
    self.configuration = configuration
    self.variables = variables
  }

  mutating func read(
    _ text: ConfigurationText, depth: Int, including included: (ConfigurationInclude) -> [ConfigurationText]
  ) {
    let depthOfSections = sections.count
    for (line, number) in ApacheText.lines(text.text) {
      let words = ApacheText.words(line).map { ApacheText.replacing(variables, in: $0) }
      guard let first = words.first?.lowercased() else { continue }
      if first.hasPrefix("</") {
        close(String(first.dropFirst(2).prefix { $0 != ">" }), text.file, number)
      } else if first.hasPrefix("<") {
        open(String(first.dropFirst().prefix { $0 != ">" }), text.file, number)
      } else if words.count > 1, first == "include" || first == "includeoptional" {
        guard depth < ServerConfiguration.mostDepth else {
          addFault(text.file, number, "too many files include each other; does one include itself?")
          continue
        }
        let include = ConfigurationInclude(
          pattern: inRoot(words[1]), isOptional: first == "includeoptional", file: text.file, line: number)
        for text in included(include) { read(text, depth: depth + 1, including: included) }
      } else if words.count > 1 {
        read(first, Array(words.dropFirst()))
      }
    }
    while sections.count > depthOfSections, let section = sections.last {
      addFault(section.file, section.line, "the section <\(section.name)> is not closed")
      close(section.name, section.file, section.line)
    }
  }

  /// Notes the main server, and gives its logs to the virtual hosts without logs.
  mutating func finish() {
    for index in inheriting where !mainLogs.isEmpty { configuration.servers[index].logs.append(mainLogs) }
    if configuration.servers.isEmpty {
      main.logs = mainLogs.isEmpty ? [] : [mainLogs]
      configuration.servers.append(main)
    }
    // Every request is in them, too.
    guard !globalLogs.isEmpty else { return }
    for index in configuration.servers.indices {
      if configuration.servers[index].logs.isEmpty { configuration.servers[index].logs = [[]] }
      configuration.servers[index].logs[0] += globalLogs
    }
  }

  private mutating func addFault(_ file: String, _ line: Int, _ reason: String) {
    configuration.faults.append(ConfigurationFault(file: file, line: line, reason: reason))
  }

  private func inRoot(_ path: String) -> String {
    guard !path.hasPrefix("/"), let root = configuration.root else { return path }
    return root + "/" + path
  }

  private mutating func open(_ name: String, _ file: String, _ line: Int) {
    sections.append((name, file, line))
    guard name == "virtualhost" else { return }
    host = ServerDescription()
    hostLogs = []
  }

  private mutating func close(_ name: String, _ file: String, _ line: Int) {
    guard let section = sections.last, section.name == name else {
      let reason = "</\(name)> closes no section" + (sections.last.map { "; <\($0.name)> is still open" } ?? "")
      return addFault(file, line, reason)
    }
    sections.removeLast()
    guard name == "virtualhost", var host else { return }
    if hostLogs.isEmpty { inheriting.append(configuration.servers.count) } else { host.logs = [hostLogs] }
    configuration.servers.append(host)
    self.host = nil
  }

  private mutating func read(_ directive: String, _ words: [String]) {
    switch directive {
    case "logformat": addFormat(words[0], name: words.count > 1 ? words[1] : ServerConfiguration.unnamed)
    case "customlog" where words.count > 1: addLog(words)
    case "globallog" where words.count > 1: addLog(words, isGlobal: true)
    case "transferlog":
      note(ServerDescription.Log(path: ApacheText.path(words[0]), format: ServerConfiguration.unnamed))
    case "define": variables[words[0]] = words.count > 1 ? words[1] : ""
    case "serverroot": configuration.root = words[0]
    case "servername": addNames([words[0]], isFirst: true)
    case "serveralias": addNames(words, isFirst: false)
    case "redirect", "redirectpermanent", "redirecttemp", "redirectmatch": redirect(words)
    case "remoteiptrustedproxy", "remoteipinternalproxy": configuration.trustedProxies += words
    default: return
    }
  }

  private var isPart: Bool { sections.contains { Self.parts.contains($0.name) } }

  private mutating func addNames(_ names: [String], isFirst: Bool) {
    guard var host else {
      main.names.insert(contentsOf: names, at: isFirst ? 0 : main.names.count)
      return
    }
    host.names.insert(contentsOf: names, at: isFirst ? 0 : host.names.count)
    self.host = host
  }

  private mutating func redirect(_ words: [String]) {
    guard !isPart, words.count > 1, let url = words.last, url.contains("://"),
      words.dropLast().contains(where: { ["/", "^", "^/", "^/(.*)$", "(.*)", "^(.*)$"].contains($0) })
    else { return }
    host?.isRedirect = true
    host?.redirectsTo = ServerConfiguration.host(ofURL: url)
  }

  private mutating func addFormat(_ text: String, name: String) {
    // Without a percent sign, the text is the name of another format, which becomes the unnamed one.
    guard text.contains("%") else {
      configuration.formats[name] = configuration.formats[text]
      configuration.texts[name] = configuration.texts[text]
      return
    }
    configuration.add(name, text: text) { () throws(FormatError) in try ApacheFormat.compile(text, name: name) }
  }

  /// Adds a log with the name of its format, or with the format's text.
  private mutating func addLog(_ words: [String], isGlobal: Bool = false) {
    let format = words[1]
    if format.contains("%") { addFormat(format, name: format) }
    let isConditional = words.dropFirst(2).contains { $0.hasPrefix("env=") || $0.hasPrefix("expr=") }
    let log = ServerDescription.Log(
      path: ApacheText.path(words[0]), format: format, isConditional: isConditional)
    if isGlobal {
      globalLogs.append(log)
      configuration.logs.append(log)
    } else {
      note(log)
    }
  }

  private mutating func note(_ log: ServerDescription.Log) {
    if host == nil { mainLogs.append(log) } else { hostLogs.append(log) }
    configuration.logs.append(log)
  }
}

/// Splits an Apache configuration into lines and words.
private enum ApacheText {
  /// Returns the lines that are not comments, with continued lines joined, and their numbers from 1. Apache 2.4 joins
  /// them without a blank between them.
  static func lines(_ text: String) -> [(Substring, Int)] {
    var lines: [(Substring, Int)] = []
    var open: (text: String, number: Int)?
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let whole = (open?.text ?? "") + line
      let number = open?.number ?? index + 1
      if whole.hasSuffix("\\") {
        open = (String(whole.dropLast()), number)
        continue
      }
      open = nil
      let trimmed = Substring(whole).drop { $0 == " " || $0 == "\t" }
      if !trimmed.isEmpty, !trimmed.hasPrefix("#") { lines.append((trimmed, number)) }
    }
    return lines
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

  /// Returns the file a log is written to. For a log piped to rotatelogs or cronolog, that is the file they write;
  /// for another program, the first path among its arguments. What leads to no file is returned as it is.
  static func path(_ word: String) -> String {
    guard word.hasPrefix("|") else { return word }
    let words = word.split(separator: " ").map(String.init)
    let program = String(words[0].split(separator: "/").last ?? "").drop { "|$".contains($0) }
    let arguments = words.dropFirst()
    guard program == "rotatelogs" || program == "cronolog" else {
      return arguments.first { $0.contains("/") } ?? word
    }
    var rest = arguments
    while let option = rest.first, option.hasPrefix("-") {
      // Source: rotatelogs 2.4, whose options -L, -p and -n take a value.
      rest = rest.dropFirst(["-L", "-p", "-n"].contains(option) ? 2 : 1)
    }
    return rest.first ?? word
  }
}
