import AccessLog
import Foundation
import LogInput

/// Reads a server's configuration and the files it includes.
final class ServerFiles {
  /// What is read.
  enum Server: String {
    case nginx
    case apache = "Apache"
  }

  private let root: URL
  private var count = 0
  /// What the server would refuse, one line each: files that are missing or cannot be read.
  private var faults: [String] = []
  /// The largest number of files: more than any server has, so that an endless chain of links ends.
  private static let mostFiles = 2_000

  private init(root: URL) {
    self.root = root
  }

  /// Reads a configuration of nginx.
  ///
  /// - Throws: ``ImportFailure`` if the file cannot be read. Included files that cannot be read are skipped.
  static func nginx(_ path: String) throws -> ServerConfiguration { try read(path, .nginx).configuration }

  /// Reads a configuration of Apache in the same way.
  static func apache(_ path: String) throws -> ServerConfiguration { try read(path, .apache).configuration }

  /// Reads a configuration, and returns what the server would refuse in it, one line each.
  ///
  /// - Throws: ``ImportFailure`` if the file cannot be read.
  static func read(_ path: String, _ server: Server) throws -> (configuration: ServerConfiguration, faults: [String]) {
    let file = URL(fileURLWithPath: path)
    let text: String
    do {
      text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    } catch {
      throw ImportFailure.failed("\(path): cannot be read: \(reason(file.path)); name the main file of the server")
    }
    let files = ServerFiles(root: file.deletingLastPathComponent())
    let main = ConfigurationText(file: path, text: text)
    let configuration =
      switch server {
      case .nginx: ServerConfiguration.nginx(main) { files.texts($0) }
      case .apache: ServerConfiguration.apache(main, variables: files.variables()) { files.texts($0) }
      }
    return (configuration, configuration.faults.map(\.description) + files.faults)
  }

  /// Returns the texts of the files that an include names by pattern or folder, relative to the main file's folder.
  private func texts(_ include: ConfigurationInclude) -> [ConfigurationText] {
    let pattern = include.pattern
    let path = pattern.hasPrefix("/") ? pattern : root.appendingPathComponent(pattern).path
    let place = "\(include.file):\(include.line): "
    let paths = InputPath.paths(matching: path)
    if paths.isEmpty, !include.isOptional {
      faults.append(place + "includes \(path), which does not exist; restore it, or remove the line")
    }
    return paths.flatMap { isFolder($0) ? InputPath.paths(matching: $0 + "/*") : [$0] }.compactMap { path in
      count += 1
      guard count <= Self.mostFiles else {
        if count == Self.mostFiles + 1 { faults.append(place + "more than \(Self.mostFiles) files are included") }
        return nil
      }
      guard !isFolder(path) else { return nil }
      if let data = FileManager.default.contents(atPath: path) {
        return ConfigurationText(file: path, text: String(decoding: data, as: UTF8.self))
      }
      faults.append(
        place + "includes \(path), which cannot be read: \(Self.reason(path)); run this as a user who may read it")
      return nil
    }
  }

  /// Returns the variables that Debian's `envvars` beside the file sets for Apache; empty if there is no such file.
  private func variables() -> [String: String] {
    guard let data = FileManager.default.contents(atPath: root.appendingPathComponent("envvars").path) else {
      return [:]
    }
    var variables: [String: String] = [:]
    for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
      guard line.hasPrefix("export "), let equals = line.firstIndex(of: "=") else { continue }
      let name = line[..<equals].dropFirst("export ".count)
      let value = line[line.index(after: equals)...].filter { !"\"'".contains($0) }
      // The suffix tells several servers on one machine apart; that of /etc/apache2 is empty.
      variables[String(name)] = value.replacingOccurrences(of: "$SUFFIX", with: "")
    }
    return variables
  }

  private func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Returns why a file cannot be read.
  private static func reason(_ path: String) -> String {
    guard FileManager.default.fileExists(atPath: path) else { return "there is no such file" }
    return FileManager.default.isReadableFile(atPath: path) ? "it is no file" : "no permission"
  }
}
