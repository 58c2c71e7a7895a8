import Hits

/// The CSV export of GoatCounter: a row for each view, here added up by day.
///
/// Source: exportcsv.go of GoatCounter 2 (`ExportCSVVersion = "2"`) and export.go of 1.4 (`"1"`). The first cell of the
/// header is version and name, `2Path`. Columns are found by name. Events and first visits are 0 and 1 or texts of booleans,
/// as the database writes them. Session ids serve to count sessions and are not kept; titles and screen sizes are not read.
enum GoatCounterExport {
  private static let versions = ["1", "2", "3"]

  static func isOne(_ head: ArraySlice<UInt8>) -> Bool {
    PeerText.text(head.prefix(40)).contains("Path,Title,Event,")
  }

  private struct Day {
    var builder = PartBuilder(.goatcounter)
    var sessions: Set<String> = []
    var views: Int64 = 0
  }

  static func read(
    _ bytes: [UInt8], _ texts: PeerTexts, _ calendar: LocalCalendar
  ) throws(PeerFileError) -> PeerFile {
    var table = try CSVTable(bytes)
    guard let first = table.columns.first, first.hasSuffix("Path"), versions.contains(String(first.dropLast(4))) else {
      throw PeerFileError(
        line: 1, "no CSV export of GoatCounter of version 1 to 3, whose first cell is 2Path; export it again as CSV")
    }
    let event = try table.column("Event")
    let session = try table.column("Session")
    let bot = try table.column("Bot")
    let visit = try table.column("FirstVisit")
    let date = try table.column("Date")
    let lists: [(column: Int, dimension: String)] = [
      ("Browser", "browser"), ("System", "system"), ("Location", "location"), ("Referrer", "referrer"),
    ].compactMap { name, dimension in table.columns.firstIndex(of: name).map { ($0, dimension) } }
    var days: [Int32: Day] = [:]
    while let row = try table.nextRow() {
      guard let instant = PeerTime.instant(row[date]), let isEvent = truth(row[event]), let isFirst = truth(row[visit])
      else {
        throw PeerFileError(
          line: table.rowLine, "Date, Event or FirstVisit cannot be read: the file is cut off or of another version")
      }
      let number = calendar.day(at: instant)
      var day = days.removeValue(forKey: number) ?? Day()
      defer { days[number] = day }
      guard ["0", ""].contains(row[bot]) else {
        day.builder.add(1, "bots", .day, number)
        continue
      }
      let counts: [(String, Int64)] = [("views", 1), ("visits", isFirst ? 1 : 0)]
      for (measure, count) in counts {
        day.builder.add(count, measure, of: texts.page(row[0]), in: isEvent ? "event" : "page", .day, number)
        guard !isEvent else { continue }
        day.builder.add(count, measure, .day, number)
        for (column, dimension) in lists where !row[column].isEmpty {
          let value = dimension == "referrer" ? texts.referrer(row[column]) : texts.value(row[column], in: dimension)
          day.builder.add(count, measure, of: value, in: dimension, .day, number)
        }
      }
      day.sessions.insert(row[session])
      day.views += 1
    }
    guard table.endsWithLine else {
      throw PeerFileError("the last line has no end: the file is cut off; export it again")
    }
    guard !days.isEmpty else { throw PeerFileError("the export has no rows; export a period with visits") }
    let parts = days.sorted { $0.key < $1.key }.map { number, day in
      var builder = day.builder
      if day.views > 0 { builder.add(Int64(day.sessions.count), "sessions", .day, number) }
      // Of two incremental exports that part a day, the one with more of it stays.
      return builder.part(number...number, state: day.views, size: day.views)
    }
    return PeerFile(parts: parts)
  }

  private static func truth(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "1", "true", "t": true
    case "0", "false", "f", "": false
    default: nil
    }
  }
}
