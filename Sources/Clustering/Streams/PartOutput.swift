import ByteScanning
import Crypto
import Hits
import Rollups
import Sessions

/// Writes a part: what a reducer has counted, with a checksum of all of it at the end.
final class PartOutput {
  private let output: LineOutput
  private var hash = SHA256()
  private var lines = 0

  /// Begins a part.
  init(_ output: LineOutput) throws {
    self.output = output
    try write([StreamVersion.partHead])
  }

  /// Writes a line of columns.
  func write(_ columns: [String]) throws {
    output.append { $0 += columns.joined(separator: "\t").utf8 }
    try endLine()
  }

  /// Writes a line unchanged.
  func write(_ bytes: Span<UInt8>, _ line: Range<Int>) throws {
    output.append { ByteCopy.append(bytes, line, to: &$0) }
    try endLine()
  }

  /// Writes the counts of a day.
  func write(_ day: DayReducer, of name: (host: String, date: String)) throws {
    try write(["day", name.host, name.date, day.rules.text, String(day.facts.loadingParts)])
    for client in 0..<day.clientCount {
      try write(["client", String(client), day.text(ofClient: client)])
    }
    for (client, shares) in day.facts.clients.enumerated() {
      for (habit, share) in shares.enumerated() where share.visitors > 0 {
        try write(["share"] + [client, habit, share.visitors, share.loading, share.doubtful].map { String($0) })
      }
    }
    for condition in day.conditions {
      try day.withRollup(condition) { try write($0, condition.columns, day) }
    }
  }

  private func write(_ rollup: DayRollup, _ condition: [String], _ day: DayReducer) throws {
    for (key, counts) in rollup.rows(cap: .max, other: 0) {
      let text =
        switch key.dimension {
        case .total: ""
        case .hour: String(key.value)
        default: day.values.string(of: key.value)
        }
      try write(["agg"] + condition + [key.dimension.name, text] + counts.measures.map { String($0) })
    }
    for cube in Cube.allCases {
      try rollup.forEachCell(of: cube, cap: .max, other: 0) { cell in
        let texts = cube.dimensions.indices.map { day.values.string(of: cell.values[$0]) }
        try write([cube.name] + condition + texts + cube.numbers.indices.map { String(cell.numbers[$0]) })
      }
    }
  }

  /// Ends the part.
  func end() throws {
    let digest = HexDigits.text(hash.finalize())
    output.append { $0 += "end\t\(lines)\t\(digest)".utf8 }
    try output.endLine { _, _ in }
    try output.flush()
  }

  private func endLine() throws {
    var copy: [UInt8] = []
    try output.endLine { ByteCopy.append($0, $1, to: &copy) }
    copy.append(Byte.newline)
    hash.update(data: copy)
    lines += 1
  }
}
