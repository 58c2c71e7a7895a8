import Foundation
import Hits
import LogInput
import PeerFiles

/// The files that arguments of `import-stats` name.
enum PastFiles {
  /// Files that are read together.
  struct Group {
    /// The name that messages and books use.
    var name: String
    /// The files; several for an export of several files.
    var paths: [String]
    /// Whether they are files of one export, even if there is only one.
    var isOfSeveral = false
  }

  /// Returns the files of the arguments, and what was skipped and why. Of a folder, those whose names the program uses.
  ///
  /// - Throws: ``ImportFailure``.
  static func find(
    _ paths: [String], of origin: PastOrigin
  ) throws(ImportFailure) -> (files: [Group], skipped: [(file: String, reason: String)]) {
    var files: [String] = []
    for path in paths { files += try self.files(of: path, origin) }
    let all = Set(files.map(LogName.unpacked))
    var skipped: [(file: String, reason: String)] = []
    var seen: Set<String> = []
    let kept = files.filter { file in
      guard seen.insert(file).inserted else { return false }
      // The state before AWStats's last update (KeepBackupOfHistoricFiles).
      let name = LogName.unpacked(file)
      guard name.hasSuffix(".bak"), all.contains(String(name.dropLast(4)) + ".txt") else { return true }
      skipped.append((file, "an earlier state of the .txt file beside it; skipped"))
      return false
    }
    return (groups(of: kept, origin), skipped)
  }

  /// Joins the CSV files of Plausible's export in one folder.
  private static func groups(of files: [String], _ origin: PastOrigin) -> [Group] {
    guard origin == .plausible else { return files.map { Group(name: $0, paths: [$0]) } }
    var groups: [Group] = []
    for file in files {
      guard file.hasSuffix(".csv") else {
        groups.append(Group(name: file, paths: [file]))
        continue
      }
      let folder = (file as NSString).deletingLastPathComponent
      let name = folder.isEmpty ? "." : folder
      if let place = groups.firstIndex(where: { $0.isOfSeveral && $0.name == name }) {
        groups[place].paths.append(file)
      } else {
        groups.append(Group(name: name, paths: [file], isOfSeveral: true))
      }
    }
    return groups
  }

  private static func files(of path: String, _ origin: PastOrigin) throws(ImportFailure) -> [String] {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      let matching = path.contains("*") ? InputPath.paths(matching: path) : []
      guard matching.isEmpty else { return matching }
      guard path == InputPath.standardInput || FileManager.default.fileExists(atPath: path) else {
        throw .failed("\(InputError.missing(path).description); nothing was imported")
      }
      return [path]
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
    let own = names.filter { PeerReader.isUsual($0, origin) }
    guard !own.isEmpty else {
      throw .usage("\(path): no file in this folder has a name that \(origin.title) uses; name the files themselves")
    }
    return own.map { path + (path.hasSuffix("/") ? "" : "/") + $0 }
  }
}
