import Collecting
import Foundation

/// A list of robot networks: one CIDR or address per line with `#` before comments, or the JSON that operators publish,
/// alone or within a page.
///
/// Any mistake refuses the whole list, because a partly read list seems to work but does not.
struct RobotAddressFile {
  /// The published JSON. Google, Bing, OpenAI, Anthropic, Perplexity, DuckDuckGo, Apple, Mistral and Common Crawl write
  /// `prefixes` with `ipv4Prefix` and `ipv6Prefix`; Amazon writes the same within an HTML page, with bare addresses; Ahrefs
  /// writes `ips` with `ip_address`; clouds write `ip_prefix` and `ipv6_prefix`. Source of the first:
  /// <https://developers.google.com/search/docs/crawling-indexing/verifying-googlebot>.
  private struct Published: Decodable {
    struct Prefix: Decodable {
      var ipv4Prefix: String?
      var ipv6Prefix: String?
      var ip_prefix: String?
      var ipv6_prefix: String?
      var ip_address: String?

      var entries: [String] { [ipv4Prefix, ipv6Prefix, ip_prefix, ipv6_prefix, ip_address].compactMap { $0 } }
    }

    var prefixes: [Prefix]?
    var ips: [Prefix]?
  }

  /// The networks of the file.
  let ranges: [AddressRange]
  private let path: String

  /// Reads a file.
  ///
  /// - Throws: ``ImportFailure/failed(_:)`` with the line of a mistake and what is wrong there.
  init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ImportFailure.failed("\(path): cannot be read; name another list")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw ImportFailure.failed("\(path): not a UTF-8 text; give a list with one network per line")
    }
    self.path = path
    let first = text.first { !$0.isWhitespace }
    let isJSON = first == "{" || first == "<"
    ranges = isJSON ? try Self.published(first == "<" ? Self.object(in: text) : text, path) : try Self.lines(text, path)
    guard !ranges.isEmpty else {
      throw ImportFailure.failed("\(path): contains no network; omit the list, or write one CIDR per line")
    }
  }

  private static func lines(_ text: String, _ path: String) throws -> [AddressRange] {
    var ranges: [AddressRange] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let entry = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
      if !entry.isEmpty { ranges.append(try range(entry, path, line: index + 1)) }
    }
    return ranges
  }

  private static func published(_ text: String, _ path: String) throws -> [AddressRange] {
    guard let list = try? JSONDecoder().decode(Published.self, from: Data(text.utf8)),
      let prefixes = list.prefixes ?? list.ips
    else {
      throw ImportFailure.failed(
        "\(path): not a list of the form {\"prefixes\": [{\"ipv4Prefix\": …}, {\"ipv6Prefix\": …}]}; download it again")
    }
    return try prefixes.enumerated().flatMap { index, prefix in
      guard !prefix.entries.isEmpty else {
        throw ImportFailure.failed(
          "\(path): prefixes[\(index)] has neither ipv4Prefix nor ipv6Prefix; correct the list")
      }
      return try prefix.entries.map { try range($0, path, line: line(of: $0, in: text)) }
    }
  }

  /// Returns the object with the networks in a page; the page itself if it has none.
  private static func object(in page: String) -> String {
    guard let match = page.firstMatch(of: /\{[^{}]*"prefixes"\s*:\s*\[[^\]]*\][^{}]*\}/) else { return page }
    return String(match.output)
  }

  /// Returns the number of the first line that contains an entry.
  private static func line(of entry: String, in text: String) -> Int {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return (lines.firstIndex { $0.contains("\"\(entry)\"") } ?? 0) + 1
  }

  private static func range(_ entry: String, _ path: String, line: Int) throws -> AddressRange {
    do throws(AddressRange.Failure) {
      return try AddressRange(entry)
    } catch {
      throw ImportFailure.failed("\(path):\(line): \(error)")
    }
  }
}
