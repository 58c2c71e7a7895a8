/// Known lines of a window and their places: a contiguous part of one stream.
struct KnownRun: Equatable {
  /// The indices of the lines in the window.
  var lines: Range<Int>
  /// The place of the first line.
  var from: LinePlace
  /// The place after the last line; at the end of a block, the start of the next one.
  var to: LinePlace
  /// Whether the first line is known to be its stream's first.
  var startsStream: Bool
  /// Whether the last line is known to be its stream's last.
  var endsStream: Bool

  /// Returns whether two runs share lines of the ledger.
  func overlaps(_ other: KnownRun) -> Bool {
    from.stream == other.from.stream && from < other.to && other.from < to
  }
}

/// Compares lines of a window with lines of a stream, one by one.
struct LineComparison {
  /// How far the lines match.
  struct Extent {
    var count = 0
    var place: LinePlace
    /// Whether the stream has no further lines in that direction.
    var reachedEnd = false
  }

  let hashes: [UInt64]
  let storage: any LedgerStorage

  /// Returns the longest run of known lines, within a region, around a line that is known at a place.
  func run(around line: Int, at place: LinePlace, within region: Range<Int>) throws -> KnownRun {
    let forward = try forward(line..<region.upperBound, at: place)
    let backward = try backward(region.lowerBound..<line, before: place)
    return KnownRun(
      lines: line - backward.count..<line + forward.count, from: backward.place, to: forward.place,
      startsStream: backward.reachedEnd, endsStream: forward.reachedEnd)
  }

  /// Counts the lines, from the first one on, that equal those of a stream from a place on.
  func forward(_ lines: Range<Int>, at place: LinePlace) throws -> Extent {
    var extent = Extent(place: place)
    while let block = try storage.hashes(ofStream: place.stream, sequence: extent.place.sequence) {
      while extent.place.index < block.count {
        let line = lines.lowerBound + extent.count
        guard line < lines.upperBound, hashes[line] == block[extent.place.index] else { return extent }
        extent.count += 1
        extent.place.index += 1
      }
      extent.place.sequence += 1
      extent.place.index = 0
    }
    extent.reachedEnd =
      try extent.place.index == 0 && storage.blockCount(ofStream: place.stream) == extent.place.sequence
    return extent
  }

  /// Counts the lines, backwards from the last one, that equal those of a stream before a place.
  func backward(_ lines: Range<Int>, before place: LinePlace) throws -> Extent {
    var extent = Extent(place: place)
    var block: [UInt64] = []
    if place.index > 0 {
      guard let own = try storage.hashes(ofStream: place.stream, sequence: place.sequence) else { return extent }
      block = own
    }
    while true {
      var index = extent.place.index
      while index > 0 {
        let line = lines.upperBound - extent.count - 1
        guard line >= lines.lowerBound, hashes[line] == block[index - 1] else { return extent }
        extent.count += 1
        index -= 1
        extent.place.index = index
      }
      guard extent.place.sequence > 0 else {
        extent.reachedEnd = true
        return extent
      }
      guard let previous = try storage.hashes(ofStream: place.stream, sequence: extent.place.sequence - 1),
        let last = previous.last
      else { return extent }
      let line = lines.upperBound - extent.count - 1
      guard line >= lines.lowerBound, hashes[line] == last else { return extent }
      extent.place.sequence -= 1
      extent.place.index = previous.count
      block = previous
    }
  }
}
