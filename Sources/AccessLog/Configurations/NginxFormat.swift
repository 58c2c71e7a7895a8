/// Compiles the text of an nginx `log_format`.
///
/// Source of the rule: nginx's ngx_http_log_module, and the variables of its other modules. In quotes, `\t` is a tab, as
/// ngx_conf_read_token reads it.
public enum NginxFormat {
  /// Compiles a text such as `$remote_addr - $remote_user [$time_local] "$request" $status`.
  ///
  /// - Parameters:
  ///   - text: the text, optionally preceded by `escape=json` or `escape=none` as in `log_format`.
  ///   - name: the name in messages.
  /// - Throws: ``FormatError``.
  public static func compile(_ text: String, name: String) throws(FormatError) -> LogFormat {
    var text = Substring(text)
    var escapes = Escapes.server
    for (word, meaning) in [("default", Escapes.server), ("json", .json), ("none", .none)] {
      let prefix = "escape=" + word
      guard text.hasPrefix(prefix) else { continue }
      escapes = meaning
      text = text.dropFirst(prefix.count).drop { $0 == " " }
    }
    return try FormatCompiler.compile(parts(of: text), name: name, escapes: escapes)
  }

  private static func parts(of text: Substring) throws(FormatError) -> [FormatPart] {
    var parts: [FormatPart] = []
    var rest = text.utf8[...]
    while let first = rest.first {
      if first == UInt8(ascii: "$") {
        rest = rest.dropFirst()
        let isBraced = rest.first == UInt8(ascii: "{")
        if isBraced { rest = rest.dropFirst() }
        let name = rest.prefix(while: isOfName)
        rest = rest.dropFirst(name.count)
        if isBraced, rest.first == UInt8(ascii: "}") { rest = rest.dropFirst() }
        guard !name.isEmpty else { throw FormatError("a $ in the format has no name after it") }
        parts.append(part(of: String(Substring(name))))
      } else {
        let bytes = rest.prefix { $0 != UInt8(ascii: "$") }
        parts.append(.literal(Array(String(Substring(bytes)).replacing("\\t", with: "\t").utf8)))
        rest = rest.dropFirst(bytes.count)
      }
    }
    return parts
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }

  private static func part(of name: String) -> FormatPart {
    guard let known = variables[name.lowercased()] else { return .field(.unused, rank: 0) }
    return .field(known.field, rank: known.rank)
  }

  private static let variables: [String: (field: LogField, rank: Int)] = [
    "remote_addr": (.address, 1), "http_x_forwarded_for": (.forwarded, 1), "proxy_add_x_forwarded_for": (.forwarded, 1),
    "http_forwarded": (.forwarded, 1), "http_x_real_ip": (.forwarded, 1), "http_cf_connecting_ip": (.forwarded, 1),
    "http_true_client_ip": (.forwarded, 1), "proxy_protocol_addr": (.forwarded, 1),
    "http_host": (.host, 1), "host": (.host, 2), "server_name": (.host, 3), "remote_user": (.user, 1),
    "time_local": (.time(.standard), 1), "time_iso8601": (.time(.standard), 2), "msec": (.time(.standard), 3),
    "request": (.request, 1), "request_method": (.method, 1), "request_uri": (.target, 1), "uri": (.target, 2),
    "document_uri": (.target, 3), "args": (.query, 1), "query_string": (.query, 2), "status": (.status, 1),
    "body_bytes_sent": (.size, 1), "bytes_sent": (.size, 2), "http_referer": (.referrer, 1),
    "http_user_agent": (.userAgent, 1), "http_dnt": (.optOut, 1), "http_sec_gpc": (.optOut, 1),
    "http_signature_agent": (.signatureAgent, 1),
  ]
}
