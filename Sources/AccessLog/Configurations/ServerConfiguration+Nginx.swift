// nginx: `log_format`, `access_log`, `include`, `server`, `server_name`, `return`, `rewrite`, `set_real_ip_from`.
// Sources of the rules: nginx 1.22, ngx_http_log_module (logs are inherited if a level has none of its own),
// ngx_http_core_module (`server_name`), ngx_http_rewrite_module, ngx_http_realip_module.
extension ServerConfiguration {
  /// Reads an nginx configuration.
  ///
  /// - Parameter included: returns the texts of the files that an `include` names.
  public static func nginx(
    _ text: ConfigurationText, including included: (ConfigurationInclude) -> [ConfigurationText]
  ) -> ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.formats["combined"] = .combined
    configuration.readNginx(text, including: included)
    return configuration
  }

  mutating func readNginx(
    _ text: ConfigurationText, including included: (ConfigurationInclude) -> [ConfigurationText]
  ) {
    var reader = NginxReader(configuration: self)
    reader.read(text, depth: 0, including: included)
    reader.closeAll(text)
    self = reader.configuration
  }
}

/// Reads directives in the blocks that they are in.
private struct NginxReader {
  /// A block that is open.
  private struct Block {
    var name: String
    var file = ""
    var line = 0
    /// Whether the block names logs, or none by `off`.
    var hasOwnLogs = false
    var logs: [ServerDescription.Log] = []
    /// In a server: its names, and the logs of blocks within.
    var server = ServerDescription()
    /// In `http`: the servers in it, and which of them have logs of their own.
    var servers: [(server: ServerDescription, hasOwnLogs: Bool)] = []
  }

  var configuration: ServerConfiguration
  private var blocks = [Block(name: "")]

  init(configuration: ServerConfiguration) {
    self.configuration = configuration
  }

  mutating func read(
    _ text: ConfigurationText, depth: Int, including included: (ConfigurationInclude) -> [ConfigurationText]
  ) {
    let (directives, fault) = NginxText.directives(text.text)
    for directive in directives {
      switch directive.end {
      case .block: open(directive, in: text.file)
      case .close: close(directive, in: text.file)
      case .semicolon:
        guard directive.words[0] == "include", directive.words.count > 1 else {
          read(directive.words)
          continue
        }
        let pattern = directive.words[1]
        let include = ConfigurationInclude(
          pattern: pattern, isOptional: pattern.contains { "*?[".contains($0) }, file: text.file, line: directive.line)
        guard depth < ServerConfiguration.mostDepth else {
          addFault(text.file, directive.line, "too many files include each other; does one include itself?")
          continue
        }
        for text in included(include) { read(text, depth: depth + 1, including: included) }
      }
    }
    if let fault { addFault(text.file, fault.line, fault.reason) }
  }

  /// Closes what the files left open, and notes the servers of a text without `http`.
  mutating func closeAll(_ text: ConfigurationText) {
    while blocks.count > 1, let block = blocks.last {
      addFault(block.file, block.line, "the block '\(block.name)' is not closed; add a } where it ends")
      closeLast()
    }
    finish(blocks[0])
  }

  private mutating func addFault(_ file: String, _ line: Int, _ reason: String) {
    configuration.faults.append(ConfigurationFault(file: file, line: line, reason: reason))
  }

  /// Whether a block holds no requests over HTTP.
  private var isForeign: Bool { blocks.contains { ["stream", "mail"].contains($0.name) } }

  private mutating func open(_ directive: NginxText.Directive, in file: String) {
    var block = Block(name: directive.words.joined(separator: " "), file: file, line: directive.line)
    if directive.words.first == "server" { block.name = "server" }
    blocks.append(block)
  }

  private mutating func close(_ directive: NginxText.Directive, in file: String) {
    guard blocks.count > 1 else { return addFault(file, directive.line, "this } closes no block; remove it") }
    closeLast()
  }

  private mutating func closeLast() {
    let foreign = isForeign
    let block = blocks.removeLast()
    guard !foreign else { return }
    let outer = blocks.count - 1
    switch block.name {
    case "http": finish(block)
    case "server":
      var server = block.server
      if !block.logs.isEmpty { server.logs.insert(block.logs, at: 0) }
      blocks[outer].servers.append((server, block.hasOwnLogs))
    default:
      // What a location logs is logged nowhere else.
      if !block.logs.isEmpty { blocks[outer].server.logs.append(block.logs) }
      blocks[outer].server.logs += block.server.logs
      if block.name == "location /", blocks[outer].name == "server", block.server.isRedirect {
        blocks[outer].server.isRedirect = true
        blocks[outer].server.redirectsTo = block.server.redirectsTo
      }
    }
  }

  /// Notes the servers of a block. Those without logs of their own inherit its logs.
  private mutating func finish(_ block: Block) {
    for (server, hasOwnLogs) in block.servers {
      var server = server
      if !hasOwnLogs {
        // Without any access_log, nginx writes the log that it was built with; this is the one of packages.
        let usual = ServerDescription.Log(path: "/var/log/nginx/access.log", format: "combined")
        let inherited = block.hasOwnLogs ? block.logs : [usual]
        if !inherited.isEmpty { server.logs.insert(inherited, at: 0) }
      }
      configuration.servers.append(server)
    }
  }

  private mutating func read(_ words: [String]) {
    guard !isForeign else { return }
    let last = blocks.count - 1
    switch words[0] {
    case "log_format" where words.count > 2:
      let escape = words[2].hasPrefix("escape=") ? words[2] + " " : ""
      let text = escape + words.dropFirst(escape.isEmpty ? 2 : 3).joined()
      let name = words[1]
      configuration.add(name, text: text) { () throws(FormatError) in try NginxFormat.compile(text, name: name) }
    case "access_log" where words.count > 1:
      blocks[last].hasOwnLogs = true
      guard words[1] != "off" else { return }
      let format = words.count > 2 && !words[2].contains("=") ? words[2] : "combined"
      let log = ServerDescription.Log(
        path: words[1], format: format, isConditional: words.contains { $0.hasPrefix("if=") })
      blocks[last].logs.append(log)
      if !log.path.hasPrefix("syslog:") { configuration.logs.append(log) }
    case "server_name": blocks[last].server.names += words.dropFirst()
    case "set_real_ip_from" where words.count > 1: configuration.trustedProxies.append(words[1])
    case "return" where words.count > 1:
      let isRedirect = ["301", "302", "303", "307", "308"].contains(words[1]) || words[1].hasPrefix("http")
      if isRedirect { redirect(to: words[words.count - 1]) }
    case "rewrite" where words.count > 3 && ["^", "^/", "^(.*)", "^(.*)$", "^/(.*)$", ".*"].contains(words[1]):
      if words[2].hasPrefix("http") { redirect(to: words[2]) }
    default: return
    }
  }

  private mutating func redirect(to url: String) {
    blocks[blocks.count - 1].server.isRedirect = true
    blocks[blocks.count - 1].server.redirectsTo = ServerConfiguration.host(ofURL: url)
  }
}

/// Splits an nginx configuration into directives. Source of the rule: nginx's `ngx_conf_read_token`.
private enum NginxText {
  /// A directive, or the end of a block.
  struct Directive {
    /// What ends a directive.
    enum End {
      case semicolon
      case block
      case close
    }

    var words: [String]
    var end: End
    /// The line of its first word, from 1.
    var line: Int
  }

  /// Returns the directives, and what is wrong with the text.
  static func directives(_ text: String) -> ([Directive], fault: (line: Int, reason: String)?) {
    var directives: [Directive] = []
    var words: [String] = []
    var rest = text.unicodeScalars[...]
    var line = 1
    var start = 1
    while let first = rest.first {
      if words.isEmpty { start = line }
      switch first {
      case "\n":
        line += 1
        rest.removeFirst()
      case " ", "\t", "\r": rest.removeFirst()
      case "#": rest = rest.drop { $0 != "\n" }
      case ";", "{", "}":
        rest.removeFirst()
        if first == "}" {
          if !words.isEmpty { directives.append(Directive(words: words, end: .semicolon, line: start)) }
          directives.append(Directive(words: [], end: .close, line: line))
        } else if first == "{", words.first?.hasSuffix("_by_lua_block") == true {
          skipLua(&rest, &line)
        } else if first == "{" || !words.isEmpty {
          directives.append(Directive(words: words, end: first == "{" ? .block : .semicolon, line: start))
        }
        words = []
      case "'", "\"":
        let place = line
        guard let word = quoted(&rest, &line) else {
          return (directives, (place, "the quote that begins here is not closed"))
        }
        words.append(word)
      default: words.append(bare(&rest))
      }
    }
    guard !words.isEmpty else { return (directives, nil) }
    directives.append(Directive(words: words, end: .semicolon, line: start))
    return (directives, (start, "the directive '\(words[0])' has no ; at its end"))
  }

  /// Skips a program of OpenResty up to the brace that closes it.
  private static func skipLua(_ rest: inout Substring.UnicodeScalarView, _ line: inout Int) {
    var depth = 1
    while depth > 0, let first = rest.popFirst() {
      if first == "\n" { line += 1 }
      if first == "{" { depth += 1 }
      if first == "}" { depth -= 1 }
    }
  }

  /// Returns a quoted word; nil if the text ends before the quote.
  private static func quoted(_ rest: inout Substring.UnicodeScalarView, _ line: inout Int) -> String? {
    let quote = rest.removeFirst()
    var word = String.UnicodeScalarView()
    while let first = rest.popFirst() {
      if first == quote { return String(word) }
      if first == "\n" { line += 1 }
      word.append(first == "\\" ? escaped(&rest, &word) : first)
    }
    return nil
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
