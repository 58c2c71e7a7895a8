/// Unpacks a compressed file: streams follow each other, zeros between and after them are passed.
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

  /// What was wrong; known once everything before was read.
  private(set) var damage: InputDamage?

  /// Unpacks a file of whose bytes `count` were read into `input` before; nil where memory does not suffice.
  init?(_ file: OpenFile, _ compression: Compression, input: consuming [UInt8], count: Int) {
    guard let decoder = compression.decoder() else { return nil }
    self.file = file
    self.compression = compression
    self.decoder = decoder
    self.input = input
    inputEnd = count
  }

  /// Fills the buffer from `start` on; 0 at the end of the input or where damage keeps it from being read on.
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
      // Without input a decoder still hands out what it had no room for before.
      if isInputUsedUp, end == before { stop(.truncated) }
    case .streamEnd: state = .betweenStreams
    case .corrupt: stop(.corrupt(offset: offset))
    case .tooLarge: stop(.tooLarge)
    }
  }

  /// Passes zero padding; what follows is another stream or garbage.
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

  /// Where in the file the next byte of the input lies.
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
