import Hits
import PeerFiles
import Redaction
import Testing

/// Files of the other programs, as far as their real files in fixtures/past do not show it.
@Suite struct PeerReaderTests {
  private static func read(
    _ origin: PastOrigin, _ bytes: [UInt8], calendar: LocalCalendar = .utc
  ) throws -> PeerFile {
    try PeerReader(origin, Redactor(.standard), calendar: calendar).read(bytes, name: "file")
  }

  private static func totals(_ file: PeerFile, _ measure: String) -> [String: Int64] {
    let rows = file.parts.flatMap(\.rows).filter { $0.dimension == PastRow.total && $0.measure == measure }
    return Dictionary(uniqueKeysWithValues: rows.map { (DayName.name($0.day), $0.number) })
  }

  /// Lines of AWFFull and old versions have ten numbers, those of Webalizer 2.23 twelve; zeros mean that nothing is known.
  @Test func webalizersHistoryHasTwoForms() throws {
    let file = try Self.read(
      .webalizer,
      Array("3 2024 94 77 16 217 1 27 47 27 0 0\n2 2024 0 0 0 0 0 0 0 0\n1 2024 99 81 16 218 1 31 51 31\n".utf8))
    #expect(Self.totals(file, "hits") == ["2024-01-01": 99, "2024-03-01": 94])
    #expect(DayName.name(file.parts[1].covered.upperBound) == "2024-03-27")
    #expect(file.remarks.first == "unknown months, whose line has only zeros: 2024-02")
  }

  @Test func matomosAnswersComeInTwoEncodings() throws {
    let text = "date,nb_visits,nb_actions,bounce_rate\n2024-01-30,14,31,43%\n2024-02,3,4,0%\n"
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    for bytes in [Array(text.utf8), wide] {
      let file = try Self.read(.matomo, bytes)
      #expect(Self.totals(file, "nb_visits") == ["2024-01-30": 14, "2024-02-01": 3])
      #expect(file.parts.map(\.period.count) == [1, 29])
    }
  }

  /// JSON has null for what Matomo does not know. CSV ends without a line end.
  @Test func whatMatomoDoesNotKnowIsMissing() throws {
    let json = try Self.read(
      .matomo, Array(#"{"2024-01-01":{"nb_visits":3,"nb_users":null,"bounce_rate":"9.7%"}}"#.utf8))
    #expect(json.parts[0].rows.map(\.measure) == ["nb_visits"])
    #expect(json.remarks.isEmpty)
    let ends = [
      "date,nb_visits\n2024-01-01,3", "date,nb_visits\n2024-01-01,3\n", "date,nb_visits,bounce_rate\n2024-01-01,3,5%",
    ]
    #expect(try ends.map { try Self.read(.matomo, Array($0.utf8)).remarks.count } == [1, 0, 0])
  }

  /// The same second in the ways in which databases write it, and what is no time.
  private static let times: [(text: String, isOne: Bool)] = [
    ("2024-01-31T23:30:00Z", true), ("2024-01-31 23:30:00", true), ("2024-01-31 23:30", true),
    ("2024-02-01T00:30:00.123456+01:00", true), ("2024-01-31 18:30:00 -0500", true),
    ("2024-01-31 23:30:00 +0000 UTC", true), ("2024-01-31 23:30:00.5 UTC", true), ("2024-01-31T24:00:00Z", false),
    ("2024-01-31T23:60:00Z", false), ("2024-02-30T23:30:00Z", false), ("2024-01-31", false),
    ("2024-01-31T23:30:00.Z", false), ("2024-01-31T23:30:00+1", false), ("2024-01-31T23:30:00Zulu", false), ("", false),
  ]

  @Test(arguments: times) func timesAreOfRFC3339OrSQLite(_ text: String, _ isOne: Bool) throws {
    let export = Array("2Path,Title,Event,Session,Bot,FirstVisit,Date\n/,,0,a,0,1,\(text)\n".utf8)
    guard isOne else {
      _ = #expect(throws: PeerFileError.self) { try Self.read(.goatcounter, export) }
      return
    }
    // A zone in which this second begins a day, and one a second behind it.
    for (offset, day) in [(1_800, "2024-02-01"), (1_799, "2024-01-31")] {
      let file = try Self.read(.goatcounter, export, calendar: LocalCalendar(firstOffset: Int32(offset)))
      #expect(file.parts.map { DayName.name($0.period.lowerBound) } == [day])
    }
  }

  /// 23:30 UTC is tomorrow in Berlin.
  @Test func viewsBelongToDaysOfTheSite() throws {
    let berlin = LocalCalendar(firstOffset: 3_600)
    let export = """
      1Path,Title,Event,Bot,Session,FirstVisit,Referrer,Referrer scheme,Browser,Screen size,Location,Date
      /,Home,false,0,a,true,,,Firefox,,DE,2024-01-31T23:30:00Z
      /,Home,f,0,a,t,,,Firefox,,DE,2024-01-31T22:30:00+00:00

      """
    let file = try Self.read(.goatcounter, Array(export.utf8), calendar: berlin)
    #expect(Self.totals(file, "views") == ["2024-01-31": 1, "2024-02-01": 1])
  }

  private static let broken: [(origin: PastOrigin, text: String, part: String)] = [
    (.webalizer, "1 2024 99 81 16 218 1 31 51\n", "ten or twelve numbers"),
    (.webalizer, "13 2024 99 81 16 218 1 31 51 31\n", "month and year first"),
    (.webalizer, "2 2024 99 81 16 218 1 31 51 31\n", "no days of 2024-02"),
    (.webalizer, "1 2024 99 81 16 218 1 31 51 3", "cut off"),
    (.webalizer, "1 2024 9223372036854775807 81 16 218 1 31 51 31\n", "too large"),
    (.matomo, "date,nb_visits\n2024-01-01,-1\n", "negative"),
    (.webalizer, "# Webalizer V2.23-08 Incremental Data - 01/31/2024 23:50:00\n2024 1 31 23 50 0\n", "the totals"),
    (.webalizer, "# Webalizer V3.00-01 Incremental Data - 01/31/2024 23:50:00\n", "Webalizer 2"),
    (.goaccess, "{\"general\": {\"start_date\": \"01/Jan/2024\"}", "no whole JSON report"),
    (.goatcounter, "4Path,Title,Event\n", "version 1 to 3"),
    (.goatcounter, "2Path,Title,Event,Session,Bot,Date\n", "no column FirstVisit"),
    (
      .goatcounter, "2Path,Event,Session,Bot,FirstVisit,Date\n/,0,a,0,1,2024-01-31T23:30:00Z\n/,0,a\n",
      "3 cells instead of 6"
    ),
    (.goatcounter, "2Path,Event,Session,Bot,FirstVisit,Date\n/,0,a,0,1,2024-01-31T23:30:00Z", "cut off"),
    (.goatcounter, "2Path,Event,Session,Bot,FirstVisit,Date\n\"/,0,a,0,1,2024\n", "no end"),
    (.matomo, "No data available", "no data"),
    (.matomo, "Error: something", "an error of Matomo"),
    (.matomo, "{\"result\":\"error\",\"message\":\"x\"}", "an error of Matomo"),
    (.matomo, "nb_visits,nb_actions\n1,2\n", "the first column is not date"),
    (.matomo, "date,label,nb_visits\n2024-01-01,/,1\n", "a list"),
    (.matomo, "date,Visits\n2024-01-01,1\n", "no column nb_visits"),
    (.matomo, "date,nb_visits\n2024-01-01,many\n", "no number"),
    (.matomo, "{\"1\":{\"2024-01-01\":{\"nb_visits\":1}}}", "no day and no month"),
    (.matomo, "[{\"nb_visits\":1}]", "no report by days"),
    (.matomo, "{\"2024-01-01\":{\"nb_visits\":9.7}}", "no whole number"),
    (.plausible, "date,visitors\n", "imported_visitors"),
  ]

  @Test(arguments: broken) func whatIsBrokenIsNamed(_ origin: PastOrigin, _ text: String, _ part: String) throws {
    let error = #expect(throws: PeerFileError.self) { try Self.read(origin, Array(text.utf8)) }
    #expect(error?.reason.contains(part) == true, "\(error?.description ?? "")")
  }
}
