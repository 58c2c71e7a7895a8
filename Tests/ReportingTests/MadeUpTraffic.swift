import Foundation
import StatsStore
import TestSupport

@testable import Reporting

/// Random days of a site: visits by hour of the day, each with some pages and their images, fewer at weekends, more
/// on some days than on others, and hardly any on a few.
struct MadeUpTraffic {
  /// The average number of visits in an hour.
  var visits: Double
  /// The average number of lines for a page, besides its own.
  var images: Double

  private static let hours = [
    0.16, 0.08, 0.04, 0.04, 0.08, 0.16, 0.32, 0.7, 1.0, 1.2, 1.3, 1.3, 1.2, 1.2, 1.3, 1.2, 1.2, 1.3, 1.5, 1.7, 1.7, 1.5,
    1.0, 0.5,
  ]

  func days(_ count: Int, seed: UInt64) -> [Coverage.Day] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { day in
      let mood = Double.random(in: 0..<1, using: &random) < 0.02 ? 0.25 : Double.random(in: 0.7..<1.3, using: &random)
      let level = visits * mood * (day % 7 < 5 ? 1 : 0.5)
      let hours = Self.hours.map { share -> Int? in
        (0..<arrivals(level * share, &random)).reduce(0) { lines, _ in lines + visit(&random) }
      }
      return Coverage.Day(day: Int32(day), state: .sealed, hours: hours, known: 0, late: 0)
    }
  }

  private func visit(_ random: inout SeededGenerator) -> Int {
    (0...geometric(2, &random)).reduce(0) { lines, _ in lines + 1 + geometric(images, &random) }
  }

  /// Returns the number of random arrivals in an hour (Poisson, by the times between them).
  private func arrivals(_ mean: Double, _ random: inout SeededGenerator) -> Int {
    var count = 0
    var left = mean
    while true {
      left += log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &random))
      if left < 0 { return count }
      count += 1
    }
  }

  private func geometric(_ mean: Double, _ random: inout SeededGenerator) -> Int {
    var count = 0
    while Double.random(in: 0..<1, using: &random) < mean / (mean + 1) { count += 1 }
    return count
  }
}
