/// A series of numbers as a line of blocks with eight heights, one column each.
enum Sparkline {
  private static let blocks = Array("▁▂▃▄▅▆▇█")

  /// Returns the line. The scale starts at 0, the largest number has the highest block, and 0 is a space.
  static func text(_ numbers: [Int64]) -> String {
    guard let most = numbers.max(), most > 0 else { return "" }
    return String(
      numbers.map { number -> Character in
        guard number > 0 else { return " " }
        return blocks[min(7, Int(number * 8 / most))]
      })
  }
}
