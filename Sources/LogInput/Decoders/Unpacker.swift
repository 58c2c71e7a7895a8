/// Decompresses a file. Streams follow each other; zeros between and after them are skipped.
final class Unpacker {
  private enum State {
    case inStream
    case betweenStreams
    case ended
  }

  private let file: OpenFile
  private let compression: Compression
  private let decoder: any StreamDecoder
  private var input: [UInt8]
  private var inputStart = 0
  private var inputEnd: Int
  private var isInputUsedUp = false
  private var state = State.inStream

  /// The damage; known once everything before it has been read.
  private(set) var damage: InputDamage?

  /// Creates an unpacker of a file whose first `count` bytes are in `input` already; nil if memory runs out.
  init?(_ file: OpenFile, _ compression: Compression, input: consuming [UInt8], count: Int) {
    guard let decoder = compression.decoder() else { return nil }
    self.file = file
    self.compression = compression
    self.decoder = decoder
    self.input = input
    inputEnd = count
  }

  /// Fills the buffer from `start` on. Returns the number of bytes; 0 at the end of the input or if damage prevents
  /// further reading.
  func read(into buffer: inout [UInt8], at start: Int) -> Int {
    var end = start
    while end < buffer.count, state != .ended {
      if inputStart == inputEnd, !isInputUsedUp { refill() }
      switch state {
      case .inStream: decodeOnce(&buffer, &end)
      case .betweenStreams: startNextStream()
      case .ended: break
      }
    }
    return end - start
  }

  private func decodeOnce(_ buffer: inout [UInt8], _ end: inout Int) {
    let before = end
    switch decoder.decode(&input, &inputStart, upTo: inputEnd, into: &buffer, &end, upTo: buffer.count) {
    case .more:
      // Without input, a decoder still returns output that did not fit before.
      if isInputUsedUp, end == before { stop(.truncated) }
    case .streamEnd: state = .betweenStreams
    case .corrupt: stop(.corrupt(offset: offset))
    case .tooLarge: stop(.tooLarge)
    }
  }

  /// Skips zero padding. What follows is another stream or garbage.
  private func startNextStream() {
    while inputStart < inputEnd, input[inputStart] == 0 { inputStart += 1 }
    guard inputStart < inputEnd else {
      if isInputUsedUp { state = .ended }
      return
    }
    if compression.mayStart(with: input[inputStart]) {
      decoder.startStream()
      state = .inStream
    } else {
      stop(.trailingGarbage(offset: offset))
    }
  }

  /// The offset in the file of the next byte of the input.
  private var offset: Int { file.position - inputEnd + inputStart }

  private func stop(_ damage: InputDamage) {
    if self.damage == nil { self.damage = damage }
    state = .ended
  }

  /// Reads more of the file.
  private func refill() {
    inputStart = 0
    inputEnd = 0
    do {
      inputEnd = try file.read(into: &input, at: 0, count: input.count)
    } catch {
      damage = .unreadable(reason: error.reason)
    }
    isInputUsedUp = inputEnd == 0
  }
}
