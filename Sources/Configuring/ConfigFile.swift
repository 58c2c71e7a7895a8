import Foundation
import TOMLKit

/// A configuration file, parsed and checked as far as possible without the commands.
public struct ConfigFile: Sendable {
  /// A key with its value.
  public struct Entry: Sendable {
    /// The key.
    public var key: ConfigKey
    /// The command that it applies to; nil for all commands that have the flag.
    public var command: String?
    /// Its value.
    public var value: ConfigValue
    /// Its place in the file.
    public var place: ConfigPlace?

    /// The key as command-line flags; none for what a command works on.
    public var arguments: [String] {
      switch key.kind {
      case .operands: []
      case .flag: value.texts == ["true"] ? ["--" + key.name] : []
      default: value.texts.map { "--\(key.name)=\($0)" }
      }
    }
  }

  /// The name of the file in the current folder that is read by default.
  public static let usualName = "footfall.toml"

  /// The path, as given.
  public let path: String
  /// The keys, in no particular order.
  public private(set) var entries: [Entry] = []
  /// The sites in the order of the file.
  public private(set) var sites: [SiteSection] = []
  private var faults: [ConfigFault] = []
  private let places: KeyPlaces

  /// Reads a file.
  ///
  /// - Throws: ``ConfigFaults`` with all errors: no such file, invalid TOML, unknown keys, wrong types.
  public init(path: String) throws {
    self.path = path
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigFaults([ConfigFault(file: path, place: nil, reason: "no such file, or no permission to read it")])
    }
    let text = String(decoding: data, as: UTF8.self)
    let root: TOMLTable
    do {
      root = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let place = ConfigPlace(line: error.source.begin.line, column: error.source.begin.column)
      throw ConfigFaults([ConfigFault(file: path, place: place, reason: "invalid TOML: \(error.description)")])
    }
    places = KeyPlaces(text)
    // Nested tables live in the memory of the root.
    withExtendedLifetime(root) { read(root) }
    guard faults.isEmpty else { throw ConfigFaults(faults.sorted { ($0.place ?? .start) < ($1.place ?? .start) }) }
  }

  /// Returns the flags that the file sets for a command. Keys in the command's own table override those for all
  /// commands.
  ///
  /// - Parameter given: the names of flags on the command line, which take precedence.
  public func entries(for command: String, besides given: Set<String>) -> [Entry] {
    let matching = entries.filter { entry in
      entry.key.commands.contains(command) && given.isDisjoint(with: [entry.key.name] + entry.key.rivals)
        && (entry.command == nil || entry.command == command)
    }
    return matching.filter { entry in
      entry.command != nil || !matching.contains { $0.key == entry.key && $0.command != nil }
    }
  }

  /// Returns the values that a key has for a command; empty if it has none.
  public func texts(of key: String, for command: String) -> [String] {
    entries(for: command, besides: []).filter { $0.key.name == key }.flatMap(\.value.texts)
  }

  /// Returns the logs that the file names for a command; empty if it names none.
  public func logs(for command: String) -> [String] { texts(of: "logs", for: command) }

  private mutating func read(_ root: TOMLTable) {
    for name in root.keys {
      guard let value = root[name] else { continue }
      if name == "sites" {
        readSites(value)
      } else if ConfigKey.tables.contains(name), let table = value.table {
        for key in table.keys {
          if let value = table[key] { readEntry(key, value, in: name) }
        }
      } else {
        readEntry(name, value, in: nil)
      }
    }
  }

  private mutating func readEntry(_ name: String, _ value: any TOMLValueConvertible, in command: String?) {
    let path = (command.map { [$0] } ?? []) + [name]
    let known = ConfigKey.all.filter { key in command.map { key.commands.contains($0) } ?? true }
    guard let key = known.first(where: { $0.name == name }) else {
      let names = known.map(\.name) + (command == nil ? ConfigKey.tables.sorted() + ["sites"] : [])
      addUnknown(name, at: path, among: names, in: command.map { "[\($0)]" })
      return
    }
    guard var texts = ConfigValue(value, as: key.kind) else {
      add("'\(name)' must be \(key.kind.description)", at: path)
      return
    }
    if [.path, .paths, .operands].contains(key.kind) { texts.texts = texts.texts.map(besideFile) }
    if key.kind == .namedPaths {
      texts.texts = texts.texts.map { text in
        guard let equals = text.firstIndex(of: "=") else { return text }
        return text[...equals] + besideFile(String(text[text.index(after: equals)...]))
      }
    }
    entries.append(Entry(key: key, command: command, value: texts, place: places.place(of: path)))
  }

  private mutating func readSites(_ value: any TOMLValueConvertible) {
    guard let tables = value.array, tables.allSatisfy({ $0.table != nil }) else {
      add("'sites' must be tables that begin with [[sites]]", at: ["sites"])
      return
    }
    for (number, table) in tables.enumerated() {
      if let table = table.table { readSite(table, ["sites", String(number)]) }
    }
  }

  private mutating func readSite(_ table: TOMLTable, _ path: [String]) {
    var site = SiteSection()
    site.place = places.place(of: path)
    for name in table.keys {
      guard let value = table[name] else { continue }
      guard let key = SiteSection.keys.first(where: { $0.name == name }) else {
        addUnknown(name, at: path + [name], among: SiteSection.keys.map(\.name), in: "[[sites]]")
        continue
      }
      if let value = ConfigValue(value, as: key.kind) {
        key.set(&site, value)
      } else {
        add("'\(name)' must be \(key.kind.description)", at: path + [name])
      }
    }
    if site.host.isEmpty { add("this site has no host; add one as in host = \"example.com\"", at: path) }
    sites.append(site)
  }

  private mutating func addUnknown(_ name: String, at path: [String], among names: [String], in table: String?) {
    let place = table.map { " in \($0)" } ?? ""
    let meant = Nearest.name(to: name, among: names).map { "; did you mean '\($0)'?" }
    add("no key '\(name)'\(place)" + (meant ?? "; see docs/config.md"), at: path)
  }

  private mutating func add(_ reason: String, at path: [String]) {
    faults.append(ConfigFault(file: self.path, place: places.place(of: path), reason: reason))
  }

  /// Resolves a path: relative paths start at the folder of the configuration file.
  private func besideFile(_ text: String) -> String {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    guard !text.hasPrefix("/"), !["none", "-"].contains(text), path.contains("/") else { return text }
    return folder + "/" + text
  }
}

extension ConfigPlace {
  fileprivate static let start = ConfigPlace(line: 0, column: 0)
}
