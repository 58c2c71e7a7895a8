import ByteScanning
import Crypto
import Foundation

/// Reads a part and checks that it is complete.
struct PartReader {
  let path: String

  /// Calls `body` for each line between head and end, with its columns and its number.
  ///
  /// - Throws: ``Refusal`` if the file is not a part, or if it has another version or is truncated or changed;
  ///   `body` may have been called for some lines before.
  func forEachRow(_ body: ([String], Int) throws -> Void) throws {
    let input = LineInput(path: path)
    var hash = SHA256()
    var lines = 0
    var isEnded = false
    try input.forEachLine { bytes, line, number in
      guard !isEnded else {
        throw input.refusal(line: number, "something follows the end of the part; give each part as a separate file")
      }
      let columns = Columns.texts(bytes, line)
      if number == 1 { try checkHead(columns, input) }
      if columns[0] == "end" {
        guard columns == ["end", String(lines), HexDigits.text(hash.finalize())] else {
          throw input.refusal(line: number, "the part does not match its checksum; reduce it again")
        }
        isEnded = true
        return
      }
      lines += 1
      var copy = Columns.bytes(bytes, line)
      copy.append(Byte.newline)
      hash.update(data: copy)
      if number > 1 { try body(columns, number) }
    }
    guard isEnded else {
      throw input.refusal(line: nil, lines == 0 ? "it is not a part of a job" : "the part has no end; reduce it again")
    }
  }

  private func checkHead(_ columns: [String], _ input: LineInput) throws {
    if columns.joined(separator: "\t") == StreamVersion.partHead { return }
    throw input.refusal(
      line: nil,
      columns[0] == "footfall-part"
        ? "the part is of another version of footfall; use one version for the whole job"
        : "it is not a part of a job; give files that footfall reduce wrote")
  }
}
