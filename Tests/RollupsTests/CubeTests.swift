import Hits
import Rollups
import TestSupport
import Testing

/// Compares the cubes with a slow count of the same visitors that uses sets.
@Suite struct CubeTests {
  /// A visit, or the part of a visit on one page, with the visitor's number, its values and its measures.
  private struct SlowVisit {
    var visitor: Int
    var values: [Dimension: UInt32]
    var measures: [Int64]
  }

  private static func random(_ seed: UInt64) -> [Visitor] {
    var generator = SeededGenerator(seed: seed)
    return (0..<150).map { _ in Visitor.random(using: &generator) }
  }

  private static func sum(_ rows: [[Int64]]) -> [Int64] {
    rows.reduce([0, 0, 0, 0, 0]) { sums, row in zip(sums, row).map { $0 + $1 } }
  }

  private func slowVisits(of visitors: [Visitor], _ cube: Cube) -> [SlowVisit] {
    visitors.enumerated().flatMap { number, visitor in
      parted(visitor.hits).flatMap { visit -> [SlowVisit] in
        let from = AttributeTables.handMade.acquisitions[Int(visit[0].acquisition)]
        let client = AttributeTables.handMade.clients[Int(visitor.client)]
        let views = visit.filter { $0.kind == .pageview }
        let isBounce: Int64 = views.count == 1 && visit.count == 1 ? 1 : 0
        var values: [Dimension: UInt32] = [
          .source: from.source, .channel: from.channel, .country: visitor.place == 0 ? 30 : 33,
          .browser: client.browser, .os: client.os, .device: client.device, .entryPage: views.first?.page ?? 0,
          .utmSource: from.utm[0], .utmMedium: from.utm[1], .utmCampaign: from.utm[2],
        ]
        let seconds = Int64(visit[visit.count - 1].second - visit[0].second)
        if cube == .nextPages {
          var path: [UInt32] = [0]
          for view in views where view.page != path.last { path.append(view.page) }
          if path.count > 1 { path.append(0) }
          let steps = zip(path, path.dropFirst()).map { [$0, $1] }
          return Set(steps).map { step in
            SlowVisit(
              visitor: number, values: [.page: step[0], .nextPage: step[1]],
              measures: [Int64(steps.count { $0 == step }), 1, 0, 0, 0])
          }
        }
        if cube != .pages {
          let events = visit.filter { $0.kind.isEvent }.map { AttributeTables.handMade.events[Int($0.event)].name }
          return (cube == .events ? Array(Set(events)) : [0]).map { event in
            values[.event] = event
            return SlowVisit(
              visitor: number, values: values,
              measures: [Int64(views.count), 1, isBounce, seconds, Int64(events.count { $0 == event })])
          }
        }
        return Set(views.map(\.page)).map { page in
          values[.page] = page
          let seconds = visit.indices.dropLast().reduce(Int64(0)) { sum, index in
            let last = visit[...index].last { $0.kind == .pageview }
            return last?.page == page ? sum + Int64(visit[index + 1].second - visit[index].second) : sum
          }
          return SlowVisit(
            visitor: number, values: values,
            measures: [Int64(views.count { $0.page == page }), 1, isBounce, seconds, 0])
        }
      }
    }
  }

  private func parted(_ hits: [TimedHit]) -> [[TimedHit]] {
    var visits: [[TimedHit]] = []
    for hit in hits.filter({ $0.kind != .notFound }).sorted() {
      if let last = visits.last?.last, hit.second - last.second <= 1_800 {
        visits[visits.count - 1].append(hit)
      } else {
        visits.append([hit])
      }
    }
    return visits
  }

  /// Returns the visitors that are exact if cells are told apart by these dimensions.
  private func visitors(_ cell: CubeCell, of cube: Cube, by dimensions: Set<Dimension>) -> Int64 {
    let number = { cube.numbers.firstIndex(of: $0).map { cell.numbers[$0] } ?? 0 }
    if cube == .nextPages { return number("visitors") }
    guard cube == .visits else {
      return number("firsts") >> Int64(Firsts.bit(of: dimensions, in: cube)) & 1 == 1 ? number("visitors") : 0
    }
    return switch (dimensions.contains(.source), dimensions.contains(.channel)) {
    case (true, true): number("visitors")
    case (true, false): number("visitors_of_source")
    case (false, true): number("visitors_of_channel")
    case (false, false): number("visitors_of_day")
    }
  }

  /// For every filter, sums over cells equal a count of the visits themselves.
  @Test(arguments: Cube.allCases, 1...3) func sumsOverCellsAreExactForEachFilter(_ cube: Cube, _ seed: UInt64) {
    let visitors = Self.random(seed)
    let visits = slowVisits(of: visitors, cube)
    let cells = DayRollup(of: visitors).cells(of: cube)
    #expect(Set(cells.map { $0.key(of: cube) }).count == cells.count)
    // A prime step takes some of many combinations.
    for filter in stride(from: 0, to: 1 << cube.dimensions.count, by: cube == .events ? 13 : 1) {
      let dimensions = cube.dimensions.enumerated().filter { filter >> $0.offset & 1 == 1 }.map(\.element)
      let picked = Set(dimensions)
      guard cube.answers(picked) else { continue }
      let wanted = Dictionary(grouping: visits) { visit in dimensions.map { visit.values[$0] ?? 0 } }
      let found = Dictionary(grouping: cells) { cell in dimensions.map { cell.value($0, cube) } }
      #expect(Set(wanted.keys) == Set(found.keys))
      for (values, kept) in wanted {
        let summed = found[values] ?? []
        let distinct = summed.reduce(Int64(0)) { $0 + self.visitors($1, of: cube, by: picked) }
        #expect(distinct == Int64(Set(kept.map(\.visitor)).count), "\(dimensions)")
        let events: Int64 = cube == .events ? 1 : 0
        let measures = kept.map { Array($0.measures[..<4]) + [$0.measures[4] * events] }
        #expect(Self.sum(summed.map { $0.measures(of: cube) }) == Self.sum(measures), "\(dimensions)")
      }
    }
  }

  /// Pages beyond the cap share cells, which still add up to all visits.
  @Test func pagesBeyondTheCapAreOne() {
    let rollup = DayRollup(of: Self.random(4))
    for (cube, dimension) in [(Cube.entries, Dimension.entryPage), (.pages, .page), (.nextPages, .page)] {
      let kept = Set(rollup.rows(cap: 2, other: 99).filter { $0.key.dimension == dimension }.map(\.key.value))
      let cells = rollup.cells(of: cube, cap: 2)
      #expect(Set(cells.map { $0.values[0] }).subtracting([0]) == kept && kept.contains(99))
      if cube == .nextPages { #expect(Set(cells.map { $0.values[1] }).subtracting([0]) == kept) }
      #expect(Set(cells.map { $0.key(of: cube) }).count == cells.count)
      #expect(
        Self.sum(cells.map { $0.measures(of: cube) }) == Self.sum(rollup.cells(of: cube).map { $0.measures(of: cube) }))
    }
  }
}

extension DayRollup {
  func cells(of cube: Cube, cap: Int = .max) -> [CubeCell] {
    var cells: [CubeCell] = []
    forEachCell(of: cube, cap: cap, other: 99) { cells.append($0) }
    return cells
  }
}

extension CubeCell {
  func values(of cube: Cube) -> [UInt32] { cube.dimensions.indices.map { values[$0] } }

  fileprivate func value(_ dimension: Dimension, _ cube: Cube) -> UInt32 {
    cube.dimensions.firstIndex(of: dimension).map { values[$0] } ?? 0
  }

  /// What distinguishes the cell from all others.
  fileprivate func key(of cube: Cube) -> [Int64] {
    values(of: cube).map { Int64($0) } + (cube.markedDimensions.isEmpty ? [] : [numbers[0]])
  }

  /// Page views, visitors, visits, bounces, seconds.
  func counts(of cube: Cube) -> [Int64] {
    ["pageviews", "visitors", "visits", "bounces", "seconds"].map { name in
      cube.numbers.firstIndex(of: name).map { numbers[$0] } ?? 0
    }
  }

  fileprivate func measures(of cube: Cube) -> [Int64] {
    let counts = counts(of: cube)
    return [counts[0], counts[2], counts[3], counts[4], cube == .events ? numbers[6] : 0]
  }
}
