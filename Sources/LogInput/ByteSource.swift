import ByteScanning
import Glibc

/// The bytes of a log: a file or standard input, decompressed if necessary, whatever its name.
public final class ByteSource {
  private static let inputSize = 256 * 1_024
  private static let headSize = 512
  private static let endSize = 1_024
  private let file: OpenFile
  private let compression: Compression?
  private let unpacker: Unpacker?
  /// The first bytes, decompressed, which were read to find out what they are.
  private var head: [UInt8]
  private var headStart = 0
  private var headEnd = 0
  private var readDamage: InputDamage?

  /// The damage of the input; known once everything before it has been read.
  var damage: InputDamage? { unpacker?.damage ?? readDamage }
  /// The damage in words, with its consequence.
  public var problem: String? { damage?.description(compression?.rawValue ?? "") }
  /// Whether reading ended before the end of the input, so that its last line may be incomplete.
  var isCutShort: Bool {
    switch damage {
    case nil, .trailingGarbage: false
    case .truncated, .corrupt, .tooLarge, .unreadable: true
    }
  }
  /// Whether the input is compressed, which means that it is complete and will not grow.
  public var isCompressed: Bool { compression != nil }
  /// What the file system reported about the file before it was read; nil if it is not a regular file.
  public let facts: FileFacts?
  /// The number of bytes read so far, as stored on disk.
  public var bytesRead: Int { file.position }
  /// The path; `-` for standard input.
  public var path: String { file.path }

  /// Opens a file, or standard input if the path is `-`, and examines its first bytes.
  public init(path: String) throws(InputError) {
    let file = try OpenFile(path: path)
    self.file = file
    facts = path == "-" ? nil : file.facts
    var input = [UInt8](repeating: 0, count: Self.inputSize)
    let count = try Self.readStart(of: file, into: &input)
    compression = Compression(input.span, count)
    if let compression {
      guard let unpacker = Unpacker(file, compression, input: input, count: count) else {
        throw .system(path, reason: "not enough memory to decompress it")
      }
      self.unpacker = unpacker
      head = [UInt8](repeating: 0, count: Self.headSize)
      headEnd = unpacker.read(into: &head, at: 0)
    } else {
      unpacker = nil
      head = input
      headEnd = count
    }
    if let kind = FileKind.unsupported(head.span, headEnd) {
      throw .unsupported(path, kind: kind.name, advice: kind.advice)
    }
  }

  /// Reads enough to find out what a file is.
  private static func readStart(of file: OpenFile, into input: inout [UInt8]) throws(InputError) -> Int {
    var count = 0
    do {
      while count < headSize {
        let got = try file.read(into: &input, at: count, count: inputSize - count)
        if got == 0 { break }
        count += got
      }
    } catch {
      throw .system(file.path, reason: error.reason)
    }
    return count
  }

  /// What the file system reports about the file now; nil if it is not a regular file.
  public var currentFacts: FileFacts? { file.facts }

  /// Continues an uncompressed file at this byte. Returns false and changes nothing if that is not possible.
  public func resume(at offset: Int) -> Bool {
    guard !isCompressed, file.seek(to: offset) else { return false }
    headStart = 0
    headEnd = 0
    return true
  }

  /// Returns the file's first bytes and its last bytes before an offset, enough to distinguish one log from another.
  public func ends(before offset: Int) -> (first: [UInt8], last: [UInt8]) {
    let size = min(offset, Self.endSize)
    return (file.bytes(in: 0..<size), file.bytes(in: offset - size..<offset))
  }

  /// Fills the buffer from `start` on. Returns the number of bytes; 0 at the end of the input or if damage prevents
  /// further reading.
  public func read(into buffer: inout [UInt8], at start: Int) -> Int {
    let taken = takeHead(into: &buffer, at: start)
    if let unpacker { return taken + unpacker.read(into: &buffer, at: start + taken) }
    guard taken == 0, readDamage == nil else { return taken }
    do {
      return try file.read(into: &buffer, at: start, count: buffer.count - start)
    } catch {
      readDamage = .unreadable(reason: error.reason)
      return 0
    }
  }

  private func takeHead(into buffer: inout [UInt8], at start: Int) -> Int {
    let count = min(headEnd - headStart, buffer.count - start)
    ByteCopy.copy(head.span, headStart..<headStart + count, to: &buffer, at: start)
    headStart += count
    return count
  }
}
