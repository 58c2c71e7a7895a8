import Foundation
import Hits
import Rollups
import Testing

@testable import Reporting

@Suite struct PicturesTests {
  private static let outlines = CountryOutlines(Array("100\t50\nDE\tM1 1l2 0 0 2z\nFR\tM5 5l2 0 0 2z\nbroken\n".utf8))

  private func page(_ countries: [(code: String, visitors: Int64)], _ outlines: CountryOutlines = outlines) -> String {
    WorldMap(outlines: outlines, countries: countries, links: nil).html.source
  }

  @Test func theMapTintsCountriesByTheirVisitors() {
    let map = page([("DE", 1_000), ("FR", 3), ("SG", 5), ("", 2)])
    #expect(map.contains("viewBox=\"0 0 100 50\""))
    #expect(map.contains("<path class=\"tint5\" d=\"M1 1l2 0 0 2z\"><title>Germany: 1,000</title>"))
    #expect(map.contains("<path class=\"tint1\" d=\"M5 5l2 0 0 2z\"><title>France: 3</title>"))
    #expect(map.contains("7 came from places that are not on the map."))
  }

  @Test func thereIsNoMapOfNobody() {
    #expect(page([("SG", 5)]).isEmpty)
    #expect(page([]).isEmpty)
    #expect(page([("DE", 5)], .none).isEmpty)
    #expect(page([("DE", 5)], CountryOutlines(Array("DE\tM1 1l2 0z\n".utf8))).isEmpty)
  }

  @Test(
    arguments: [
      (0, 10, "zero"), (1, 1, "tint5"), (1, 1_000, "tint1"), (30, 1_000, "tint3"), (1_000, 1_000, "tint5"),
      (Int64.max, .max, "tint5"),
    ] as [(Int64, Int64, String)])
  func shadesOfCountriesAreLogarithmic(_ number: Int64, _ most: Int64, _ name: String) {
    #expect(Tint.logarithmic(number, most: most) == name)
  }

  @Test(
    arguments: [
      (0, 10, "zero"), (1, 10, "tint1"), (4, 10, "tint3"), (10, 10, "tint5"), (1, 1, "tint5"),
    ] as [(Int64, Int64, String)])
  func shadesOfCellsAreLinear(_ number: Int64, _ most: Int64, _ name: String) {
    #expect(Tint.name(of: number, most: most) == name)
  }

  @Test func theWeekIsATable() {
    let week = WeekHours([(0, 0, 1), (0, 23, 5), (6, 12, 4)])
    #expect(week.pageviews.joined().reduce(0, +) == 10)
    let page = WeekView(week: week).html.source
    #expect(page.components(separatedBy: "<td class=\"tint5\">5</td>").count == 2)
    #expect(page.components(separatedBy: "<tr>").count == 9)
  }
}
