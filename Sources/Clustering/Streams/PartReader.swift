import ByteScanning
import Crypto
import Foundation

/// Reads a part and checks that it is whole.
struct PartReader {
  let path: String

  /// Hands out the lines between head and end, each as columns, with its number.
  ///
  /// - Throws: ``Refusal`` where the part is no part, of another version, cut short or changed; then some lines may have
  ///   been handed out already.
  func forEachRow(_ body: ([String], Int) throws -> Void) throws {
    let input = LineInput(path: path)
    var hash = SHA256()
    var lines = 0
    var isEnded = false
    try input.forEachLine { bytes, line, number in
      guard !isEnded else {
        throw input.refusal(line: number, "something follows the end of the part; give each part as a file of its own")
      }
      let columns = Columns.texts(bytes, line)
      if number == 1 { try checkHead(columns, input) }
      if columns[0] == "end" {
        guard columns == ["end", String(lines), HexDigits.text(hash.finalize())] else {
          throw input.refusal(line: number, "the part is not what its checksum tells; reduce it again")
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
      throw input.refusal(line: nil, lines == 0 ? "it is no part of a job" : "the part has no end; reduce it again")
    }
  }

  private func checkHead(_ columns: [String], _ input: LineInput) throws {
    if columns.joined(separator: "\t") == StreamVersion.partHead { return }
    throw input.refusal(
      line: nil,
      columns[0] == "footfall-part"
        ? "the part is of another version of footfall; use one version for all of a job"
        : "it is no part of a job; give what footfall reduce has written")
  }
}
