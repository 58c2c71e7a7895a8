import ByteScanning

/// The log formats in a server's configuration, the format of each log, and the hosts that it serves.
public struct ServerConfiguration: Sendable {
  typealias Log = ServerDescription.Log

  /// The formats by name.
  public internal(set) var formats: [String: LogFormat] = [:]
  /// Why formats cannot be read, by name.
  public internal(set) var problems: [String: FormatError] = [:]
  /// The texts of formats, by name.
  public internal(set) var texts: [String: String] = [:]
  /// The servers that it describes, in order.
  public internal(set) var servers: [ServerDescription] = []
  /// The networks and addresses of proxies whose word about clients the server takes.
  public internal(set) var trustedProxies: [String] = []
  /// The folder that relative paths of logs begin in; nil if the configuration does not say.
  public internal(set) var root: String?
  /// What the server would refuse, as far as it is noticed.
  public internal(set) var faults: [ConfigurationFault] = []
  var logs: [Log] = []

  /// How many files may include each other in a row.
  static let mostDepth = 50

  init() {}

  /// The formats, sorted by name.
  public var allFormats: [LogFormat] { formats.sorted { $0.key < $1.key }.map(\.value) }

  /// Returns the format a log is written in; nil if the configuration names no format for it, or two.
  ///
  /// Rotated logs (`access.log.2.gz`, `access.log-20241010`) have the format of the current log. If no configured
  /// log is in the file's folder, the file name alone decides.
  ///
  /// - Throws: ``FormatError`` if the log's format cannot be read.
  public func format(ofLog path: String) throws(FormatError) -> LogFormat? {
    let named = logs.filter { Self.isCopy(Self.name(path), of: Self.name($0.path)) }
    let beside = named.filter { Self.folder($0.path) == Self.folder(path) }
    let names = Set((beside.isEmpty ? named : beside).map(\.format))
    guard names.count == 1, let name = names.first else { return nil }
    if let problem = problems[name] { throw problem }
    return formats[name]
  }

  mutating func add(_ name: String, text: String, _ compile: () throws(FormatError) -> LogFormat) {
    texts[name] = text
    do throws(FormatError) {
      formats[name] = try compile()
      problems[name] = nil
    } catch {
      formats[name] = nil
      problems[name] = error
    }
  }

  private static func name(_ path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }

  private static func folder(_ path: String) -> String {
    path.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// Whether a file is the log itself or a rotated copy. What the server fills in (`$host`, `%Y`) matches anything.
  private static func isCopy(_ name: String, of log: String) -> Bool {
    matches(Array(name.utf8)[...], pattern(of: log)[...])
  }

  /// Returns the bytes of the name, with nil for each text that the server fills in.
  private static func pattern(of name: String) -> [UInt8?] {
    var pattern: [UInt8?] = []
    var rest = name.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "$") {
        rest = rest.drop { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == Byte.underscore }
        pattern.append(nil)
      } else if byte == Byte.percent {
        rest = rest.dropFirst()
        pattern.append(nil)
      } else {
        pattern.append(byte)
      }
    }
    return pattern
  }

  private static func matches(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8?>) -> Bool {
    guard let first = pattern.first else {
      return name.isEmpty || [Byte.dot, Byte.hyphen, Byte.underscore].contains(name[name.startIndex])
    }
    if let byte = first { return name.first == byte && matches(name.dropFirst(), pattern.dropFirst()) }
    return (0...name.count).contains { matches(name.dropFirst($0), pattern.dropFirst()) }
  }

  /// Returns the format of a pasted `log_format` or `LogFormat` directive; nil if the text is not a directive.
  static func soleFormat(_ text: String) throws(FormatError) -> LogFormat? {
    let word = text.prefix { $0 != " " && $0 != "\t" }
    var configuration = ServerConfiguration()
    switch word.lowercased() {
    case "log_format": configuration.readNginx(ConfigurationText(file: "", text: text)) { _ in [] }
    case "logformat", "customlog": configuration.readApache(ConfigurationText(file: "", text: text)) { _ in [] }
    default: return nil
    }
    if let problem = configuration.problems.first { throw problem.value }
    guard let format = configuration.formats.values.first else { throw FormatError("there is no format after \(word)") }
    return format
  }
}
