/// A row of numbers as a line of blocks of eight heights, one column each.
enum Sparkline {
  private static let blocks = Array("▁▂▃▄▅▆▇█")

  /// The line; from 0 up to the largest number, which has the highest block. 0 itself is a space.
  static func text(_ numbers: [Int64]) -> String {
    guard let most = numbers.max(), most > 0 else { return "" }
    return String(
      numbers.map { number -> Character in
        guard number > 0 else { return " " }
        return blocks[min(7, Int(number * 8 / most))]
      })
  }
}
