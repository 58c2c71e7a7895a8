import AccessLog

/// Random lines of a format, and random formats.
struct RandomFormats {
  var values: RandomValues

  init(seed: UInt64) {
    values = RandomValues(seed: seed)
  }

  // MARK: Keys

  /// Returns a JSON object with some of the keys, in any order.
  mutating func object(_ keys: SlowKeys.Keys) -> String {
    objectText(
      keyed(keys).map { path, value in
        let names = values.number(0...3) == 0 ? [path] : path.split(separator: ".").map(String.init)
        return (names[...], json(value))
      })
  }

  /// Returns labels and values, in any order.
  mutating func labels(_ keys: SlowKeys.Keys) -> String {
    keyed(keys).map { "\($0.path):\($0.value)" }.joined(separator: "\t")
  }

  /// Returns names and values separated by blanks, in any order.
  mutating func pairs(_ keys: SlowKeys.Keys) -> String {
    keyed(keys).map { pair in
      let isBare = !pair.value.contains(" ") && values.number(0...2) > 0
      return isBare ? "\(pair.path)=\(pair.value)" : "\(pair.path)=\"\(pair.value)\""
    }.joined(separator: values.pick([" ", " ", " ", "  "]))
  }

  /// Picks one or two keys of most fields, and some keys that are ignored.
  private mutating func keyed(_ keys: SlowKeys.Keys) -> [(path: String, value: String)] {
    var pairs: [(path: String, value: String)] = []
    for (field, paths) in keys {
      for _ in 0..<values.pick([0, 1, 1, 1, 1, 2, 3]) {
        let value = values.value(of: field)
        pairs.append((values.pick(paths), field == "time" && values.number(0...9) == 0 ? "[\(value)]" : value))
      }
    }
    for _ in 0..<values.number(0...2) {
      pairs.append((values.pick(["level", "request.proto", "tls.a.b", "", "msg"]), values.value(of: "")))
    }
    return values.shuffled(pairs)
  }

  private mutating func objectText(_ pairs: [(path: ArraySlice<String>, text: String)]) -> String {
    var names: [String] = []
    for pair in pairs where !names.contains(pair.path.first ?? "") { names.append(pair.path.first ?? "") }
    let blank = values.pick(["", "", " ", "\t"])
    let members = names.flatMap { name in
      let own = pairs.filter { ($0.path.first ?? "") == name }
      let inner = own.filter { $0.path.count > 1 }.map { (path: $0.path.dropFirst(), text: $0.text) }
      let texts = own.filter { $0.path.count <= 1 }.map(\.text) + (inner.isEmpty ? [] : [objectText(inner)])
      return texts.map { "\"\(name)\"\(blank):\(blank)\($0)" }
    }
    return "{" + members.joined(separator: "," + blank) + "}"
  }

  private mutating func json(_ value: String) -> String {
    let isNumber = value.first?.isNumber == true && value.allSatisfy { $0.isNumber || $0 == "." }
    switch values.number(0...19) {
    case 0: return "null"
    case 1: return "[\"\(value)\",\"other\"]"
    case 2:
      return values.pick(["[[\"\(value)\"], 2]", "[[\"\(value)\", \"b\"] , \"c\" ]", "[ \"\(value)\" ,5,\"\",[\"d\"]]"])
    case 3: return values.pick(["[]", "{}", "true", "{\"a\":{\"b\":[1,{}]}}", "-", "1e5", "truth"])
    case 4...12 where isNumber: return value
    default: return "\"\(value)\""
    }
  }

  // MARK: Columns

  /// Returns a line of columns with these names.
  mutating func columns(_ names: [String], separator: String = " ") -> String {
    names.map { name in
      if name == "captures" { return captures() }
      let value = values.value(of: name)
      if name == "time", values.number(0...1) == 0 { return "[\(value)]" }
      let isBare = !value.isEmpty && !value.contains(" ") && !["agent", "request", "url"].contains(name)
      return values.number(0...19) == 0 ? value : isBare && values.number(0...5) > 0 ? value : "\"\(value)\""
    }.joined(separator: separator)
  }

  private mutating func captures() -> String {
    let headers = (0..<values.number(1...4)).map { _ in
      values.value(of: values.pick(["host", "agent", "referrer", "forwarded", "address"]))
    }
    let request = "{" + headers.joined(separator: "|") + "}"
    return values.pick([request, request, request + " {text/html}", "{}"])
  }

  /// Returns a header of a W3C extended log, and the names and separator of the lines after it.
  mutating func w3cHeader() -> (line: String, fields: [String], separator: String) {
    var chosen: [(name: String, field: String)] = []
    for (field, names) in SlowW3C.columns where values.number(0...9) > (field == "time" ? 7 : 1) {
      chosen.append((values.pick(names), field))
      if values.number(0...5) == 0 { chosen.append((values.pick(names), field)) }
    }
    for _ in 0..<values.number(0...3) {
      chosen.append((values.pick(["s-ip", "time-taken", "x-own", "CS-VERSION"]), ""))
    }
    chosen = values.shuffled(chosen)
    let separator = values.pick([" ", " ", "  ", "\t"])
    return ("#Fields: " + chosen.map(\.name).joined(separator: separator), chosen.map(\.field), separator)
  }

  // MARK: Beginnings

  /// Returns what an envelope writes before a line, or nearly that.
  mutating func wrapping(_ envelope: Envelope) -> String {
    let own = Self.wrappings[envelope] ?? []
    let odd = Self.wrappings.values.flatMap { $0 }
    return values.filled(values.number(0...7) > 0 ? values.pick(own) : values.pick(odd.sorted() + ["", "| "]))
  }

  private static let wrappings: [Envelope: [String]] = [
    .syslog: [
      "<190>Oct 1# 13:55:36 web nginx: ", "Oct  # 13:55:36 web nginx[12]: ", "oct 10 23:59:60 nginx: ",
      "Oct 10 13:55:36 web ", "Oct 10 24:55:36 web nginx: ", "Oct 10 13:55:36  ", "Oct # 13:55:36 web nginx: ",
      "Oct 10 13:55:36.### web nginx: ", "<13>Oct 10 13:55:36,5 ", "<13>Oct 10 13:55:36 ",
      "Okt 10 13:55:36 web nginx: ",
      "2024-10-1#T13:55:36.123456+00:00 web nginx:  ", "2024-10-10T13:55:36 web nginx: ",
      "2024-10-10T13:55:36+0#00 web (nginx)[3]: ", "2024-10-10T13:55:36Z web (nginx): ",
      "2024-10-10T13:55:36Z nginx[3:\t",
      "Thu 2024-10-10 13:55:36 UTC web nginx[3]: ", "Thu 2024-10-10 13:55:36 C web nginx[3]: ",
      "Thu 2024-10-10 13:55:36.# +0#00 web nginx: ", "2024-10-10 13:55:36 CEST web app[web.1]:\t ",
      "172856853#.### web nginx[3]: ", "172856853# web nginx[3]: ", "12 4567890.12345678 web nginx: ",
      "<1>1 2024-10-10T13:55:36Z web nginx 1 - - ", "<13>1 2024-10-10T13:55:36Z web ", "1 - - - - - - ",
      "83 <40>1 2012-11-30T06:45:29+00:00 host app web.3 - ", "83 <190>Oct 10 13:55:36 web nginx: ", "83 Oct ",
      "<190>1 2024-10-10T13:55:36.1Z web nginx 1 ID47 [a@1 b=\"c d\"][e@1 f=\"\\]\" g=\"h\"] ", "<1", "<x>", "<>",
      "<190>1 2024-10-10T13:55:36.1Z web nginx 1 ID47 [a@1 b=\"c] d\"",
      "<190>1 2024-10-10T13:55:36Z web nginx 1 ID [a]",
      "<190>1 2024-10-10T13:55:36Z web nginx - - -  ", "<190>1 2024-10-10T13:55:36Z web nginx - - - \u{FEFF}",
      "<190>1 2024-10-10T13:55:36Z web nginx - - -x ", "<190>1 yesterday web nginx - - - ",
      "2024-10-10T13:55:36Z web {",
    ],
    .cri: [
      "2024-10-10T13:55:36Z stdout F ", "2024-10-10T13:55:36.#########Z stderr F ",
      "2024-10-10T13:55:36+0#:00 stdout P ",
      "2024-10-10T13:55:36Z stderr P", "2024-10-10T13:55:36Z stdout F:x:y ", "2024-10-10T13:55:36Z stdout F:x",
      "2024-10-10T13:55:36Z stdout FF ", "2024-10-10T13:55:36Z stdin F ", "2024-10-10T13:55:36Z  stdout F ",
      "@400000006b0bc6b71779f4d# stdout F ", "1728568536.# stdout F ",
    ],
    .compose: [
      "web-1  | ", "web-1 |", "web-1 | ", "\u{1B}[36mweb-1  | \u{1B}[0m", "\u{1B}[1;36ma/b |\u{1B}[0m ", "w b | ",
      "web-1 \t| ", "web-1| ", "\u{1B}[36web | ", "web-1 || ", "| ", "0|web  | ", "12|web-1 | ",
      "\u{1B}[32m3|api  | \u{1B}[39m", "0|  | ", "x|web | ", "1|2|web | ",
    ],
    .stamp: [
      "2024-10-10T13:55:36.#########Z ", "2024-10-10 13:55:36: ", "2024-10-10 13:55:36.### +00:00: ",
      "2024-10-10T13:55:36:: ", "2024-10-10T13:55:36Z:\tweb\t{", "[2024-10-10 13:55:36]: [a] ",
      "2024-10-10T13:55:36Z\t", "2024/10/10 13:55:36 ", "2024-10-10_13:55:36.##### ",
      "@400000006b0bc6b71779f4d# ", "@400000006b0bc6b71779f4d ", "@c00000006b0bc6b71779f4d# ",
      "@400000036b0bc6b71779f4d# ", "@3fffffffffffffff00000000 ", "@4000000000000005000000aF ", "172856853#.# ",
      "172856853# ", "1.3456789.12345678 ", "2024-10-10 13:55:36,### INFO ", "2024-10-10 13:55:36 +0#00 [9] [INFO] ",
      "[2024-10-10 13:55:36 +0000] [9] [INFO] ", "[2024-10-10 13:55:36] INFO  ", "[2024-10-10 13:55:36] ",
      "[2024-10-10 13:55:36 INFO ", "2024-10-10T13:55:36+0000 [twisted.python.log#info] ",
      "2024-10-10T13:55:36+0000 [a:b] ", "2024-10-10T13:55:36Z \u{1B}[34mINFO\u{1B}[0m  ", "2024-10-10T13:55:36Z INFO:",
      "2024-10-10T13:55:36+00:00\tnginx.access\t{", "2024-10-10T13:55:36+00:00\ta b\t{", "2024-10-10T13:55:36Z\ta\tb ",
      "2024/10/10 13:55:36.5\tinfo\thttp.log\thandled request\t{\"a\":1} ", "2024/10/10 13:55:36.5\tINFO\ta\tb\tc ",
      "2024-10-10T13:55:36Z WARNING ", "2024-10-10T13:55:36Z WARNINGS ", "2024-10-10T13:55:36Zx ", "13:55:36 ",
      "2024-10-10T13:55:36Z [" + String(repeating: "a", count: 79) + "] x",
      "2024-10-10T13:55:36Z [" + String(repeating: "a", count: 80) + "] x", "2024-10-10T13:55:36Z [] [",
    ],
    .level: [
      "INFO:werkzeug:", "WARNING:a.b/c-d_e:", "WARN:x:", "WARNIN:x:", "ERROR::", "INFO:a b:", "TRACE:x:", "info:x:",
      "INFO:a:b:", "INFO :a:",
    ],
  ]

  // MARK: Configured texts

  /// Returns a text as an operator would paste it, and the pieces of its lines.
  mutating func text(_ dialect: TextDialect) -> (text: String, pieces: [TextPiece], isEscaped: Bool) {
    let escape = dialect.isNginx ? values.pick(["", "", "escape=json ", "escape=none "]) : ""
    var text = escape + values.pick(["", "", " "])
    var pieces: [TextPiece] = []
    func add(_ literal: String) {
      guard !literal.isEmpty else { return }
      text += dialect.isNginx ? literal : literal.replacing("\"", with: "\\\"").replacing("\t", with: "\\t")
      pieces.append(.literal(literal))
    }
    add(values.pick(["", "", "\"", "<", "\""]))
    for (index, part) in parts(dialect).enumerated() {
      if index > 0 { add(values.pick(Self.separators)) }
      text += part.name
      pieces +=
        part.field == "time" && !dialect.isNginx
        ? [.literal("["), .field("time"), .literal("]")] : [.field(part.field)]
    }
    add(values.pick(["", "", "\"", ">", "\"", "\" ", " "]))
    return (text, TextPiece.joined(pieces), escape != "escape=none ")
  }

  private mutating func parts(_ dialect: TextDialect) -> [(name: String, field: String)] {
    var fields = ["time", "status"] + (values.number(0...2) > 0 ? ["request"] : ["method", "target"])
    for field in [
      "address", "forwarded", "forwarded", "host", "user", "size", "referrer", "agent", "dnt", "dnt", "query",
      "signature",
    ]
    where values.number(0...2) > 0 && !(field == "query" && fields.contains("request")) { fields.append(field) }
    var parts = fields.map { field in (name: values.pick(dialect.names[field] ?? []), field: field) }
    for _ in 0..<values.number(0...3) { parts.append((values.pick(dialect.names[""] ?? []), "")) }
    // Of two variables for the same field, the better one is read.
    for part in parts {
      let others = (dialect.ranked[part.field] ?? []).drop { $0 != part.name }.dropFirst()
      if let other = others.first, values.number(0...2) == 0 { parts.append((other, "")) }
    }
    return values.shuffled(parts)
  }

  private static let separators = [
    " ", " ", "|", ";", "\t", " - ", ", ", "\" \"", "\" \"", " \"", "\" ", "] [", " [", "\",\"",
  ]
}

/// How the values of a configured text are written.
struct TextDialect {
  var isNginx: Bool
  /// The possible spellings of each field.
  var names: [String: [String]]
  /// The variables of which only one is read, the best one first.
  var ranked: [String: [String]]

  static let nginx = TextDialect(
    isNginx: true,
    names: [
      "time": ["$time_local", "$time_iso8601", "$msec"], "status": ["$status"], "request": ["$request"],
      "method": ["$request_method"], "target": ["$request_uri", "${uri}"], "query": ["$args", "$query_string"],
      "address": ["$remote_addr"], "forwarded": ["$http_x_forwarded_for", "$http_forwarded", "$http_x_real_ip"],
      "host": ["$http_host", "$host", "$server_name"], "user": ["$remote_user"],
      "size": ["$body_bytes_sent", "$bytes_sent"], "referrer": ["$http_referer"], "agent": ["$http_user_agent"],
      "dnt": ["$http_dnt", "$http_sec_gpc"], "signature": ["$http_signature_agent"],
      "": ["$request_time", "${upstream_addr}", "$pipe", "$my_own"],
    ],
    ranked: [
      "time": ["$time_local", "$time_iso8601", "$msec"], "host": ["$http_host", "$host", "$server_name"],
      "size": ["$body_bytes_sent", "$bytes_sent"],
    ])

  static let apache = TextDialect(
    isNginx: false,
    names: [
      "time": ["%t"], "status": ["%s", "%>s"], "request": ["%r"], "method": ["%m"], "target": ["%U"], "query": ["%q"],
      "address": ["%a", "%h"], "forwarded": ["%{X-Forwarded-For}i", "%{Forwarded}i"],
      "host": ["%{Host}i", "%V", "%v"], "user": ["%u"], "size": ["%b", "%B", "%O"],
      "referrer": ["%{Referer}i", "%!200,304{Referer}i"], "agent": ["%{User-Agent}i", "%{User-agent}i"],
      "dnt": ["%{DNT}i", "%{Sec-GPC}i"], "signature": ["%{Signature-Agent}i"],
      "": ["%D", "%{ms}T", "%l", "%{Foobar}C", "%^FU", "%{c}a"],
    ],
    ranked: ["address": ["%a", "%h"], "host": ["%{Host}i", "%V", "%v"], "size": ["%b", "%O"]])
}

extension RandomFormats {
  /// Returns a line of these pieces.
  mutating func line(of pieces: [TextPiece]) -> String {
    pieces.map { piece in
      switch piece {
      case .literal(let text): text
      case .field(let name): values.value(of: name)
      }
    }.joined() + values.pick(["", "", "", " ", "\t "])
  }
}
