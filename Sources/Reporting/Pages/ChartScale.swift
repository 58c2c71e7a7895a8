import Hits

/// A scale from 0 with round marks.
struct ChartScale {
  /// The marks, from 0 to the end of the scale.
  let marks: [Int64]

  /// Creates a scale for numbers up to `most`, with about four marks.
  init(upTo most: Int64) {
    let step = Self.roundStep(atLeast: (max(1, most) + 3) / 4)
    let count = (max(1, most) + step - 1) / step
    marks = (0...count).map { $0 * step }
  }

  /// Returns the position of a number on the scale, 0–1.
  func share(_ number: Int64) -> Double {
    Double(number) / Double(marks.last ?? 1)
  }

  /// Returns the smallest of 1, 2, 5, 10, 20, 50, … that is not less than a number.
  private static func roundStep(atLeast wanted: Int64) -> Int64 {
    var power: Int64 = 1
    while power * 10 <= wanted { power *= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= wanted } ?? wanted
  }
}

/// Numbers in drawings: short, always with a decimal point.
enum SVGNumber {
  /// Returns a number with at most two decimals.
  static func text(_ number: Double) -> String {
    let hundredths = Int((number * 100).rounded())
    let whole = hundredths / 100
    let rest = abs(hundredths % 100)
    let sign = hundredths < 0 && whole == 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    return "\(sign)\(whole)." + (rest % 10 == 0 ? "\(rest / 10)" : (rest < 10 ? "0\(rest)" : "\(rest)"))
  }
}

/// Names of steps as people read them.
enum StepName {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// Returns `9 Nov`, `Nov 2026` or `09:00`.
  static func short(_ label: String) -> String {
    if label.count > 10 { return String(label.suffix(5)) }
    let parts = label.split(separator: "-").compactMap { Int($0) }
    guard parts.count >= 2, (1...12).contains(parts[1]) else { return label }
    return parts.count == 2 ? "\(months[parts[1] - 1]) \(parts[0])" : "\(parts[2]) \(months[parts[1] - 1])"
  }

  /// Returns `Mon 9 Nov 2026`, `Nov 2026` or `Mon 9 Nov 2026 09:00`.
  static func long(_ label: String) -> String {
    guard let day = DayName.day(named: String(label.prefix(10))) else { return short(label) }
    let date = DayName.civil(day)
    let weekday = weekdays[Int(day - DayName.monday(of: day))]
    let name = "\(weekday) \(date.day) \(months[date.month - 1]) \(date.year)"
    return label.count > 10 ? name + label.dropFirst(10) : name
  }
}
