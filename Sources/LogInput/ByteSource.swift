import ByteScanning
import Glibc

/// The bytes of a log: a file or standard input, unpacked where it is gzipped, whatever its name.
public final class ByteSource {
  private enum State {
    case plain
    case inMember
    case betweenMembers
    case ended
  }

  private static let inputSize = 256 * 1_024
  private static let endSize = 1_024
  private let file: OpenFile
  private let gzip: GzipStream?
  private var input: [UInt8]
  private var inputStart = 0
  private var inputEnd = 0
  private var isInputUsedUp = false
  private var state: State

  /// What was wrong with the input; known once everything before was read.
  public private(set) var damage: InputDamage?
  /// Whether the input was left before its end, so that its last line may be a part of one.
  var isCutShort: Bool {
    switch damage {
    case nil, .trailingGarbage: false
    case .truncated, .corrupt, .unreadable: true
    }
  }
  /// Whether the input is compressed, so that it is complete and will not grow.
  public let isCompressed: Bool
  /// What the file system told of the file before it was read; nil where it is no regular file.
  public let facts: FileFacts?
  /// The bytes read so far, as they lie on disk.
  public var bytesRead: Int { file.position }
  /// The path; `-` for standard input.
  public var path: String { file.path }

  /// Opens a file, or standard input where the path is `-`, and looks at its first bytes.
  public init(path: String) throws(InputError) {
    file = try OpenFile(path: path)
    facts = path == "-" ? nil : file.facts
    input = [UInt8](repeating: 0, count: Self.inputSize)
    do {
      while inputEnd < 512 {
        let got = try file.read(into: &input, at: inputEnd, count: Self.inputSize - inputEnd)
        if got == 0 { break }
        inputEnd += got
      }
    } catch {
      throw .system(path, reason: error.reason)
    }
    if let kind = FileKind.unsupported(input.span, inputEnd) {
      throw .unsupported(path, kind: kind.name, advice: kind.advice)
    }
    isCompressed = inputEnd >= 2 && input[0] == 0x1F && input[1] == 0x8B
    gzip = isCompressed ? GzipStream() : nil
    state = isCompressed ? .inMember : .plain
  }

  /// What the file system tells of the file now; nil where it is no regular file.
  public var currentFacts: FileFacts? { file.facts }

  /// Reads a plain file on from this byte; false, with nothing changed, where that cannot be done.
  public func resume(at offset: Int) -> Bool {
    guard !isCompressed, file.seek(to: offset) else { return false }
    inputStart = 0
    inputEnd = 0
    state = .plain
    return true
  }

  /// The file's first and last bytes before an offset, as many as tell one log from another.
  public func ends(before offset: Int) -> (first: [UInt8], last: [UInt8]) {
    let size = min(offset, Self.endSize)
    return (file.bytes(in: 0..<size), file.bytes(in: offset - size..<offset))
  }

  /// Fills the buffer from `start` on; 0 at the end of the input or where damage keeps it from being read on.
  public func read(into buffer: inout [UInt8], at start: Int) -> Int {
    guard let gzip else { return readPlain(into: &buffer, at: start) }
    var end = start
    while end < buffer.count, state != .ended {
      if inputStart == inputEnd, !isInputUsedUp { refill() }
      switch state {
      case .inMember: inflateOnce(gzip, &buffer, &end)
      case .betweenMembers: startNextMember(gzip)
      case .plain, .ended: break
      }
    }
    return end - start
  }

  private func readPlain(into buffer: inout [UInt8], at start: Int) -> Int {
    if inputStart < inputEnd {
      let count = min(inputEnd - inputStart, buffer.count - start)
      for offset in 0..<count { buffer[start + offset] = input[inputStart + offset] }
      inputStart += count
      return count
    }
    guard state != .ended else { return 0 }
    do {
      let got = try file.read(into: &buffer, at: start, count: buffer.count - start)
      if got == 0 { state = .ended }
      return got
    } catch {
      damage = .unreadable(reason: error.reason)
      state = .ended
      return 0
    }
  }

  private func inflateOnce(_ gzip: GzipStream, _ buffer: inout [UInt8], _ end: inout Int) {
    let before = end
    switch gzip.inflate(&input, &inputStart, upTo: inputEnd, into: &buffer, &end, upTo: buffer.count) {
    case .more:
      // Without input zlib still hands out what it had no room for before.
      guard isInputUsedUp, end == before else { break }
      if damage == nil { damage = .truncated }
      state = .ended
    case .memberEnd: state = .betweenMembers
    case .corrupt:
      damage = .corrupt(offset: file.position - inputEnd + inputStart)
      state = .ended
    }
  }

  /// Passes zero padding; what follows is another member or garbage.
  private func startNextMember(_ gzip: GzipStream) {
    while inputStart < inputEnd, input[inputStart] == 0 { inputStart += 1 }
    guard inputStart < inputEnd else {
      if isInputUsedUp { state = .ended }
      return
    }
    if input[inputStart] == 0x1F {
      gzip.startMember()
      state = .inMember
    } else {
      damage = .trailingGarbage(offset: file.position - inputEnd + inputStart)
      state = .ended
    }
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
