import Foundation
import Glibc
import LogInput

/// Checks files: whose they are, whether logs can be read, and whether the disk has space.
struct FileHealth {
  /// Space for one transaction and its journal, in bytes: a batch of an import and the statistics of its days.
  private static let leastSpace: Int64 = 64_000_000
  /// How far a file may be ahead of the clock, in seconds: file servers have clocks of their own.
  private static let mostAhead: Int64 = 600

  private let options: HealthOptions

  init(_ options: HealthOptions) {
    self.options = options
  }

  /// Whether this runs as the user who owns the database. The superuser may read everything, so what others may read
  /// is not known then.
  var user: [HealthCheck] {
    var facts = stat()
    let name = Self.name(ofUser: geteuid())
    guard unsafe stat(options.database, &facts) == 0 else { return [.ok("user", name)] }
    guard facts.st_uid != geteuid() else { return [.ok("user", "\(name), who owns the database")] }
    let owner = Self.name(ofUser: facts.st_uid)
    return [
      .warning(
        "user", "this runs as \(name), but the database belongs to \(owner), whose permissions may be others",
        "run it as \(owner): runuser -u \(owner) -- footfall doctor")
    ]
  }

  // MARK: Logs

  var logs: [HealthCheck] {
    guard !options.logs.isEmpty else { return [.ok("logs", "the configuration names none, so none are checked")] }
    guard let reading = try? LineReading(ReadingOptions()) else { return [] }
    let finder = LogFinder(content: ContentSniffer(reading).content)
    var found = 0
    var results: [HealthCheck] = []
    var isAhead = false
    for path in options.logs {
      do throws(InputError) {
        let files = try finder.files(of: path).files.filter { $0 != InputPath.standardInput }
        found += files.count
        let unreadable = files.filter { unsafe access($0, R_OK) != 0 }
        if let first = unreadable.first {
          let others = unreadable.count > 1 ? " and \(unreadable.count - 1) more" : ""
          results.append(.problem("logs", "\(first)\(others): no permission to read", advice(forReading: first)))
        }
        isAhead = isAhead || files.contains { self.isAhead($0) }
      } catch {
        let folder = Self.folder(ofPattern: path)
        let isClosed = unsafe access(folder, R_OK | X_OK) != 0 && errno == EACCES
        results.append(
          isClosed
            ? .problem("logs", "\(folder): no permission to list it", advice(forReading: folder))
            : .problem("logs", "\(path): \(error.reason)", "correct logs in the configuration, or start the server"))
      }
    }
    if results.isEmpty { results = [.ok("logs", found == 1 ? "1 file, readable" : "\(found) files, readable")] }
    if isAhead {
      results.append(.warning("clock", "a log was written later than this clock says", "set the clock (timedatectl)"))
    }
    return results
  }

  private func isAhead(_ path: String) -> Bool {
    FileFacts(path: path).map { $0.modified / 1_000_000_000 > options.now + Self.mostAhead } ?? false
  }

  /// Returns how the user gets permission to read a file or folder.
  private func advice(forReading path: String) -> String {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return "make the folders above it accessible (chmod +x)" }
    let user = Self.name(ofUser: geteuid())
    if facts.st_mode & S_IRGRP != 0, facts.st_gid != 0 {
      return "add the user to the group that may: usermod -aG \(Self.name(ofGroup: facts.st_gid)) \(user)"
    }
    return
      "only its owner may read it: let the server write it readable for a group (Caddy: mode 0640 in output file), and add \(user) to that group"
  }

  private static func folder(ofPattern path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).prefix { part in
      !part.contains { "*?[".contains($0) }
    }
    let whole = parts.joined(separator: "/")
    if whole != path { return whole.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : whole }
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    return folder.isEmpty ? "." : folder
  }

  // MARK: Disk

  var disk: [HealthCheck] {
    let path = AbsolutePath.of(options.database)
    let folder = path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/"
    var facts = statvfs()
    guard unsafe statvfs(folder, &facts) == 0 else {
      return [.problem("disk", "\(folder): no such folder", "create it, or name another database with --db")]
    }
    let free = Int64(facts.f_bavail) * Int64(facts.f_frsize)
    let size = FileFacts(path: path)?.size ?? 0
    let text = "\(Self.megabytes(free)) free" + (size > 0 ? " for a database of \(Self.megabytes(size))" : "")
    if facts.f_files > 0, facts.f_favail == 0 {
      return [.problem("disk", "no file can be created any more (no free inodes)", "delete files on \(folder)")]
    }
    if free < max(Self.leastSpace, size / 10) {
      return [.problem("disk", text + "; an import may not be able to write", "free some space on \(folder)")]
    }
    if free < size + Self.leastSpace {
      return [.warning("disk", text + "; footfall vacuum needs as much again", "free some space on \(folder)")]
    }
    let isWritable = unsafe access(folder, W_OK) == 0
    guard isWritable else {
      return [
        .problem("disk", "\(folder): no permission to write", "make it writable for \(Self.name(ofUser: geteuid()))")
      ]
    }
    return [.ok("disk", text)]
  }

  private static func megabytes(_ bytes: Int64) -> String {
    let tenths = bytes / 100_000
    return tenths < 100
      ? "\(tenths / 10).\(tenths % 10) MB" : tenths < 100_000 ? "\(tenths / 10) MB" : "\(tenths / 10_000) GB"
  }

  // MARK: Names

  /// Returns the name of a user, or the number if it has none.
  static func name(ofUser id: UInt32) -> String {
    // Safe because the text is copied before the next call, and only this thread asks.
    unsafe getpwuid(id).flatMap { unsafe $0.pointee.pw_name }.map { unsafe String(cString: $0) } ?? "\(id)"
  }

  private static func name(ofGroup id: UInt32) -> String {
    // Safe for the same reason.
    unsafe getgrgid(id).flatMap { unsafe $0.pointee.gr_name }.map { unsafe String(cString: $0) } ?? "\(id)"
  }
}
