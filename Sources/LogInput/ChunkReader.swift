import ByteScanning
import Glibc

/// Splits a byte source into chunks of whole lines.
///
/// Drops a byte order mark at the start. Replaces CR by LF in files whose lines end in CR alone. Skips and counts lines
/// of more than ``longestLine`` bytes. If such a line starts with NULs, as from the hole that `copytruncate` leaves
/// before a writer that does not append, only the NULs are dropped, however many; the line is what follows them. A hole
/// within a line ends it: the first NUL is replaced by LF, so that a whole line is not lost behind a half one. The
/// incomplete last line of a truncated input does not count as a line. Memory is bounded by the chunk and one line.
public final class ChunkReader {
  /// The longest line that is read, in bytes without its LF.
  public static let longestLine = 1_024 * 1_024
  /// The capacity of a chunk, in bytes: the longest line and its line end.
  public static let chunkSize = longestLine + 1

  private let source: ByteSource
  private var carry: [UInt8] = []
  private var isAtEnd = false
  private var isFirst = true
  /// Whether lines end in CR alone; known after the first chunk.
  public private(set) var endsLinesByCR = false
  /// Whether the bytes being read belong to a line that is too long.
  private var isSkipping = false
  /// Whether the current line is too long because of its NULs, and only NULs have been read of it.
  private var isInHole = false
  /// The number of bytes of the current line that were dropped.
  private var droppedBytes = 0

  /// The number of bytes after the last line end, which wait for their own; known at the end.
  public private(set) var tailBytes = 0
  /// Whether the bytes after the last line end were delivered as a line; known at the end.
  public private(set) var tookTail = false

  /// Creates a reader of a source. The source is at its start unless `isContinuation` says that lines of it were
  /// read before.
  public init(_ source: ByteSource, isContinuation: Bool = false) {
    self.source = source
    isFirst = !isContinuation
  }

  /// Returns the next chunk, in the buffer of `reused`, or nil at the end. A buffer that nothing else refers to is
  /// not copied.
  ///
  /// - Parameter takesTail: whether bytes after the last line end are delivered as a line.
  public func next(reusing reused: consuming Chunk, takesTail: Bool) -> Chunk? {
    guard !isAtEnd else { return nil }
    var chunk = reused
    if chunk.bytes.count < Self.chunkSize { chunk = Chunk(capacity: Self.chunkSize) }
    chunk.overlongLines = 0
    chunk.count = 0
    var filled = takeCarry(into: &chunk)
    while chunk.count == 0 {
      if filled == chunk.bytes.count { filled = makeRoom(&chunk) }
      let got = source.read(into: &chunk.bytes, at: filled)
      if got == 0 {
        finish(&chunk, filled, takesTail)
        return chunk.count > 0 || chunk.overlongLines > 0 ? chunk : nil
      }
      filled = normalise(&chunk, filled, filled + got)
      if isInHole { filled = dropHole(&chunk, filled) }
      if filled >= chunk.bytes.count / 2 || isSkipping { cut(&chunk, filled) }
      if isSkipping { filled = skip(&chunk, filled) }
    }
    return chunk
  }

  private func takeCarry(into chunk: inout Chunk) -> Int {
    ByteCopy.copy(carry.span, 0..<carry.count, to: &chunk.bytes, at: 0)
    let count = carry.count
    carry.removeAll(keepingCapacity: true)
    return count
  }

  /// Drops a byte order mark, replaces CR by LF if lines end in CR, and ends lines at holes. Returns the new end of the bytes.
  private func normalise(_ chunk: inout Chunk, _ start: Int, _ end: Int) -> Int {
    var end = end
    if isFirst {
      isFirst = false
      if end >= 3, chunk.bytes[0] == 0xEF, chunk.bytes[1] == 0xBB, chunk.bytes[2] == 0xBF {
        end -= 3
        for index in 0..<end { chunk.bytes[index] = chunk.bytes[index + 3] }
      }
      let bytes = chunk.bytes.span
      // The LF of a CR at the end may be in what is read next.
      endsLinesByCR =
        ByteSearch.firstIndex(of: Byte.newline, in: bytes, from: 0, to: end) == end
        && ByteSearch.firstIndex(of: Byte.carriageReturn, in: bytes, from: 0, to: end) < end - 1
    }
    if endsLinesByCR {
      for index in start..<end where chunk.bytes[index] == Byte.carriageReturn { chunk.bytes[index] = Byte.newline }
    }
    endLinesAtHoles(&chunk, start, end)
    return end
  }

  /// Replaces the first NUL of each hole by LF, unless a line begins with the hole.
  private func endLinesAtHoles(_ chunk: inout Chunk, _ start: Int, _ end: Int) {
    var index = Self.firstNUL(in: chunk.bytes, from: start, to: end)
    while index < end {
      let isWithinLine =
        index == 0 ? isSkipping : chunk.bytes[index - 1] != 0 && chunk.bytes[index - 1] != Byte.newline
      if isWithinLine { chunk.bytes[index] = Byte.newline }
      index += 1
      while index < end, chunk.bytes[index] == 0 { index += 1 }
      index = Self.firstNUL(in: chunk.bytes, from: index, to: end)
    }
  }

  /// Returns the index of the first NUL, or `end`. The C library looks at more bytes at a time than `ByteSearch`.
  private static func firstNUL(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
    precondition(start >= 0 && start <= end && end <= bytes.count)
    // Safe because the range is within the buffer, as was checked.
    return unsafe bytes.withUnsafeBytes { buffer in
      guard start < end, let first = buffer.baseAddress,
        let found = unsafe memchr(first + start, 0, end - start)
      else { return end }
      return unsafe UnsafeRawPointer(found) - first
    }
  }

  /// Ends the chunk after its last line end and keeps the rest for the next one.
  private func cut(_ chunk: inout Chunk, _ filled: Int) {
    var end = filled
    while end > 0, chunk.bytes[end - 1] != Byte.newline { end -= 1 }
    guard end > 0, !isSkipping else { return }
    ByteCopy.append(chunk.bytes.span, end..<filled, to: &carry)
    chunk.count = end
    droppedBytes = 0
  }

  /// Makes room in a buffer that is full of one line, which is too long. Drops the NULs at the start of the line;
  /// without any, drops what was read of the line and skips the rest.
  private func makeRoom(_ chunk: inout Chunk) -> Int {
    let filled = dropHole(&chunk, chunk.bytes.count)
    guard filled == chunk.bytes.count else { return filled }
    isSkipping = true
    droppedBytes += filled
    return 0
  }

  /// Drops the NULs at the start of the current line. Returns the new end of the bytes.
  private func dropHole(_ chunk: inout Chunk, _ filled: Int) -> Int {
    var hole = 0
    while hole < filled, chunk.bytes[hole] == 0 { hole += 1 }
    isInHole = hole == filled
    return drop(hole, of: &chunk, filled)
  }

  /// Drops the first bytes of a buffer. Returns the new end of the bytes.
  private func drop(_ count: Int, of chunk: inout Chunk, _ filled: Int) -> Int {
    droppedBytes += count
    guard count > 0 else { return filled }
    for index in 0..<filled - count { chunk.bytes[index] = chunk.bytes[count + index] }
    return filled - count
  }

  /// Drops the bytes of the line that is too long, up to its end if that was read. Returns the new end of the bytes.
  private func skip(_ chunk: inout Chunk, _ filled: Int) -> Int {
    let newline = ByteSearch.firstIndex(of: Byte.newline, in: chunk.bytes.span, from: 0, to: filled)
    guard newline < filled else { return drop(filled, of: &chunk, filled) }
    let rest = drop(newline + 1, of: &chunk, filled)
    endOverlongLine(&chunk)
    return rest
  }

  private func endOverlongLine(_ chunk: inout Chunk) {
    isSkipping = false
    droppedBytes = 0
    chunk.overlongLines += 1
  }

  private func finish(_ chunk: inout Chunk, _ filled: Int, _ takesTail: Bool) {
    isAtEnd = true
    // The last line may be incomplete; the repaired input contains the whole line.
    let takesTail = takesTail && !source.isCutShort
    cut(&chunk, filled)
    let tail = droppedBytes + filled - chunk.count
    carry.removeAll()
    guard tail > 0, !source.isCutShort else { return }
    tookTail = takesTail
    if takesTail, isSkipping {
      endOverlongLine(&chunk)
    } else if takesTail {
      chunk.bytes[filled] = Byte.newline
      chunk.count = filled + 1
    } else {
      tailBytes = tail
    }
  }
}
