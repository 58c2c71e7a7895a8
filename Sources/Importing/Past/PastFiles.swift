import Foundation
import Hits
import LogInput
import PeerFiles

/// The files that arguments of `import-stats` name.
enum PastFiles {
  /// Returns the files of the arguments, and what was skipped and why. Of a folder, those whose names the program uses.
  ///
  /// - Throws: ``ImportFailure``.
  static func find(
    _ paths: [String], of origin: PastOrigin
  ) throws(ImportFailure) -> (files: [String], skipped: [(file: String, reason: String)]) {
    var files: [String] = []
    for path in paths { files += try self.files(of: path, origin) }
    let all = Set(files)
    var skipped: [(file: String, reason: String)] = []
    var seen: Set<String> = []
    let kept = files.filter { file in
      guard seen.insert(file).inserted else { return false }
      // The state before AWStats's last update (KeepBackupOfHistoricFiles).
      guard file.hasSuffix(".bak"), all.contains(String(file.dropLast(4)) + ".txt") else { return true }
      skipped.append((file, "an earlier state of the .txt file beside it; skipped"))
      return false
    }
    return (kept, skipped)
  }

  private static func files(of path: String, _ origin: PastOrigin) throws(ImportFailure) -> [String] {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      let matching = path.contains("*") ? InputPath.paths(matching: path) : []
      return matching.isEmpty ? [path] : matching
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
    let own = names.filter { PeerReader.isUsual($0, origin) }
    guard !own.isEmpty else {
      throw .usage("\(path): no file in this folder has a name that \(origin.title) uses; name the files themselves")
    }
    return own.map { path + (path.hasSuffix("/") ? "" : "/") + $0 }
  }
}
