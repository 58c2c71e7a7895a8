import Foundation
import Hits
import LogInput
import PageNames
import PeerFiles
import Redaction
import StatsStore

/// Adds the statistics of another program to a database, as a series of their own: all files, or nothing.
public enum PastImportRun {
  /// Ends a transaction that changes nothing: a dry run, or one that found nothing new.
  private struct Nothing: Error {
    var summary: PastImportSummary
  }

  /// Adds the files.
  ///
  /// - Parameter now: the current time in Unix seconds.
  /// - Throws: ``ImportFailure`` if a file cannot be added; `StoreError`. Nothing was changed then.
  public static func run(_ options: PastImportOptions, now: Int64) throws -> PastImportSummary {
    if let zone = options.timeZone { _ = try ImportFailure.calendar(named: zone) }
    let (files, skipped) = try PastFiles.find(options.paths, of: options.origin)
    let store = try store(options)
    do {
      return try store.addPast(version: options.version, now: now) { writer in
        var adding = PastAdding(options, now: now)
        for file in files { try adding.add(file, &writer) }
        let summary = try adding.finish(writer, skipped: skipped)
        if options.isDryRun || summary.id == nil { throw Nothing(summary: summary) }
        return summary
      }
    } catch let end as Nothing {
      return end.summary
    }
  }
}

extension PastImportRun {
  /// Opens the database. A dry run does not create one.
  private static func store(_ options: PastImportOptions) throws -> StatsStore {
    options.isDryRun && !FileManager.default.fileExists(atPath: options.database)
      ? try StatsStore(inMemoryAs: options.database)
      : try StatsStore(path: options.database, mode: .write(wait: options.wait))
  }
}

/// Adds one file after the other within a transaction.
private struct PastAdding {
  private let options: PastImportOptions
  private let now: Int64
  private var summary: PastImportSummary
  private var sites: [String: SiteProfile] = [:]
  private var readers: [UInt32: PeerReader] = [:]
  private var firstOwnDays: [UInt32: Int32?] = [:]

  init(_ options: PastImportOptions, now: Int64) {
    self.options = options
    self.now = now
    summary = PastImportSummary(origin: options.origin)
  }

  mutating func add(_ group: PastFiles.Group, _ writer: inout PastWriter) throws {
    let path = group.name
    let site = try site(of: path, writer)
    let reader =
      readers[site.id]
      ?? PeerReader(
        options.origin, Redactor(options.naming[site.host].redaction), calendar: site.calendar)
    readers[site.id] = reader
    let file = try Self.read(group, reader)
    let origin = file.parts.first?.origin ?? options.origin
    var result = PastImportSummary.File(name: path, origin: origin, host: site.host, remarks: file.remarks)
    let number = try writer.addFile(path, origin)
    let last = try lastDay(of: site, writer)
    for part in file.parts { try add(part, to: site, number, until: last, path, &result, &writer) }
    summary.files.append(result)
  }

  private static func read(_ group: PastFiles.Group, _ reader: PeerReader) throws(ImportFailure) -> PeerFile {
    var files: [(name: String, bytes: [UInt8])] = []
    do {
      for path in group.paths { files.append((path, try WholeFile.bytes(of: path))) }
    } catch {
      throw .failed("\(error.description); nothing was imported")
    }
    do {
      if files.count == 1, ZipArchive.isOne(files[0].bytes) {
        return try reader.read(try ZipArchive.files(of: files[0].bytes), of: group.name)
      }
      return files.count == 1 && !group.isOfSeveral
        ? try reader.read(files[0].bytes, name: group.name) : try reader.read(files, of: group.name)
    } catch let damage as ZipArchive.Damage {
      throw .failed("\(group.name): \(damage); nothing was imported")
    } catch {
      throw .failed("\(group.name): \(error); nothing was imported")
    }
  }

  private mutating func add(
    _ part: PastPart, to site: SiteProfile, _ file: Int64, until last: Int32?, _ path: String,
    _ result: inout PastImportSummary.File, _ writer: inout PastWriter
  ) throws {
    var part = part
    if let last, part.cut(after: last) {
      result.cut += 1
      if options.until == nil { summary.isIncomplete = true }
      if part.rows.isEmpty { return }
    }
    let outcome: PastOutcome
    do {
      outcome = try writer.add(part, to: site, file: file)
    } catch let conflict as PastConflict {
      throw ImportFailure.failed("\(path): \(conflict); nothing was imported")
    }
    switch outcome {
    case .added: result.added += 1
    case .replaced: result.replaced += 1
    case .known: result.known += 1
    case .older:
      result.older += 1
      summary.isIncomplete = true
    }
    if outcome == .added || outcome == .replaced { result.rows += part.rows.count }
    if let days = result.days {
      let bounds = (min(days.lowerBound, part.covered.lowerBound), max(days.upperBound, part.covered.upperBound))
      result.days = bounds.0...bounds.1
    } else {
      result.days = part.covered
    }
  }

  mutating func finish(
    _ writer: PastWriter, skipped: [(file: String, reason: String)]
  ) throws -> PastImportSummary {
    summary.files += skipped.map {
      PastImportSummary.File(name: $0.file, origin: options.origin, host: "", remarks: [$0.reason])
    }
    if summary.files.contains(where: { $0.added + $0.replaced > 0 }) {
      summary.id = writer.importID
      if sites.count == 1, let site = sites.values.first { try writer.note(site: site) }
    }
    return summary
  }

  /// Returns the last day to take: the one that was asked for, and in any case the day before the first own one.
  private mutating func lastDay(of site: SiteProfile, _ writer: PastWriter) throws -> Int32? {
    let own = try firstOwnDays[site.id] ?? writer.firstOwnDay(of: site)
    firstOwnDays[site.id] = own
    let asked = options.until?.days(today: site.calendar.day(at: now)).upperBound
    return [asked, own.map { $0 - 1 }].compactMap { $0 }.min()
  }

  /// Returns the site of a file: the one that was named, or the one whose host AWStats's configuration has as its name.
  private mutating func site(of path: String, _ writer: PastWriter) throws -> SiteProfile {
    let source = options.origin == .awstats ? PeerReader.source(of: path, .awstats) : ""
    guard let name = options.site ?? (source.isEmpty ? nil : source) else {
      throw ImportFailure.usage("\(path): name the site that its numbers belong to, with --site HOST")
    }
    let host = try SiteAdding.hostName(name)
    guard PeerReader.isSource(PeerReader.source(of: path, options.origin), ofHost: host, options.origin) else {
      throw ImportFailure.failed(
        "\(path): the name of the file tells another site than \(host); give --site as \(options.origin.title) calls the site, or, if it is this one, rename the file to export.zip"
      )
    }
    if let site = sites[host] { return site }
    let known = try writer.knownSite(ofHost: host)
    guard options.site != nil || options.createsSites || known != nil else {
      throw ImportFailure.usage(
        "\(path): there is no site \(host); name its site with --site HOST, or create sites by the names of files with --create-sites"
      )
    }
    let site =
      if let known, options.timeZone == nil { known } else {
        try writer.site(host: host, timeZone: options.timeZone)
      }
    sites[host] = site
    return site
  }
}
