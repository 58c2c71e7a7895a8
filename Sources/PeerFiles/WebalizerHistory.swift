import Hits

/// `webalizer.hist` of Webalizer, or `awffull.hist` of AWFFull: a line for each month.
///
/// Source: files that webalizer 2.23-08 and AWFFull 3.10.2 wrote. Webalizer 2.23 writes twelve numbers, newest month first,
/// after a comment; AWFFull and Webalizer 2.01 write ten, oldest first, without one.
enum WebalizerHistory {
  /// The columns after month and year; empty for those that are no measure.
  private static let measures = ["hits", "files", "sites", "kbytes", "", "", "pages", "visits"]

  /// - Parameter origin: the program that wrote the file, unless its first line says so.
  static func read(_ bytes: [UInt8], of origin: PastOrigin) throws(PeerFileError) -> PeerFile {
    guard bytes.last == UInt8(ascii: "\n") else {
      throw PeerFileError("the last line has no end: the file is cut off; copy it again")
    }
    var lines = PeerLines(bytes)
    var parts: [PastPart] = []
    var unknown: [Int32] = []
    var lineOf: [Int32: Int] = [:]
    var isNamed = origin == .awffull
    while let text = lines.nextText() {
      if text.hasPrefix("#") {
        isNamed = isNamed || text.hasPrefix("# Webalizer")
        continue
      }
      let fields = text.split(separator: " ")
      if fields.isEmpty { continue }
      let numbers = fields.compactMap { PeerText.number($0) }
      guard numbers.count == fields.count, numbers.count == 10 || numbers.count == 12, numbers.allSatisfy({ $0 >= 0 }),
        let month = PeerDate.month(Int(numbers[1]), Int(numbers[0]))
      else {
        throw PeerFileError(
          line: lines.number,
          "no line of webalizer.hist, which has ten or twelve numbers, month and year first; is the file cut off or another one?"
        )
      }
      if let other = lineOf.updateValue(lines.number, forKey: month.lowerBound) {
        throw PeerFileError(
          line: lines.number,
          "\(PeerDate.monthName(month.lowerBound)) is on line \(other), too; keep the right one of the two lines")
      }
      // Zeros do not say that nobody came, but that nothing is known.
      if numbers[2...].allSatisfy({ $0 == 0 }) {
        unknown.append(month.lowerBound)
        continue
      }
      parts.append(try part(numbers, month, origin, line: lines.number))
    }
    guard !parts.isEmpty else {
      throw PeerFileError("the file has no month with data; is it a webalizer.hist, and not cut off?")
    }
    parts.sort { $0.period.lowerBound < $1.period.lowerBound }
    return PeerFile(parts: parts, remarks: gaps(unknown, parts) + [unit(origin, isNamed: isNamed)])
  }

  private static func part(
    _ numbers: [Int64], _ month: ClosedRange<Int32>, _ origin: PastOrigin, line: Int
  ) throws(PeerFileError) -> PastPart {
    let (first, last) = (numbers[6], numbers[7])
    guard first >= 1, first <= last, last <= Int64(month.count) else {
      throw PeerFileError(
        line: line, "the first day \(first) and last day \(last) are no days of \(PeerDate.monthName(month.lowerBound))"
      )
    }
    var builder = PartBuilder(origin)
    for (measure, number) in zip(measures, numbers[2...]) where !measure.isEmpty {
      builder.add(number, measure, .month, month.lowerBound)
    }
    let covered = month.lowerBound + Int32(first) - 1...month.lowerBound + Int32(last) - 1
    return builder.part(month, covered: covered, state: PeerText.sum(numbers[2], numbers[2]), size: numbers[2])
  }

  private static func gaps(_ unknown: [Int32], _ parts: [PastPart]) -> [String] {
    guard let first = parts.first?.period.lowerBound, let last = parts.last?.period.lowerBound else { return [] }
    let gaps = unknown.filter { $0 > first && $0 < last }.sorted().map(PeerDate.monthName)
    return gaps.isEmpty ? [] : ["unknown months, whose line has only zeros: \(gaps.joined(separator: ", "))"]
  }

  private static func unit(_ origin: PastOrigin, isNamed: Bool) -> String {
    if origin == .awffull { return "kbytes are of 1,000 bytes, as AWFFull counts them" }
    return isNamed
      ? "kbytes are of 1,024 bytes, as Webalizer counts them"
      : "the file does not say whether Webalizer or AWFFull wrote it: kbytes are taken as Webalizer's, of 1,024 bytes; if it is AWFFull's, import it as awffull"
  }
}
