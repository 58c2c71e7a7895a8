import Foundation
import TestSupport
import Testing

@testable import LogInput

@Suite struct ByteSourceTests {
  private let folder: TemporaryFolder
  private let log: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 11)
    log = (0..<3_000).flatMap { line in Array("GET /page/\(line) \(generator.next() % 90_000)\n".utf8) }
  }

  private func delivered(_ file: [UInt8], name: String = "a.log", room: Int = 1_000_000) throws -> Delivered {
    try Delivered(folder.write(file, to: name), room: room)
  }

  @Test(arguments: [1, 7, 512, 65_536, 1_000_000]) func readsFilesAsTheyAre(_ room: Int) throws {
    #expect(try delivered(log, room: room) == Delivered(bytes: log))
    for packer in Packer.allCases {
      let packed = try packer.packed(log, in: folder)
      #expect(try delivered(packed, room: room) == Delivered(bytes: log), "\(packer)")
    }
  }

  @Test(arguments: [0, 1, 2, 511, 512, 513]) func readsSmallFiles(_ size: Int) throws {
    let bytes = Array(log.prefix(size))
    #expect(try delivered(bytes) == Delivered(bytes: bytes))
    for packer in Packer.allCases {
      #expect(try delivered(packer.packed(bytes, in: folder)) == Delivered(bytes: bytes), "\(packer)")
    }
  }

  @Test(arguments: Packer.allCases)
  func compressionIsToldByTheFirstBytesAndNotByTheName(_ packer: Packer) throws {
    let packed = try folder.write(packer.packed(log, in: folder), to: "access.log")
    let plain = try folder.write(log, to: "access.log.gz")
    #expect(try ByteSource(path: packed).isCompressed)
    #expect(try !ByteSource(path: plain).isCompressed)
    #expect(try Delivered(packed) == Delivered(plain))
    #expect(try ByteSource(path: plain).facts?.size == Int64(log.count))
  }

  @Test(arguments: Packer.allCases) func streamsFollowEachOther(_ packer: Packer) throws {
    let half = log.count / 2
    let members = try packer.packed(Array(log[..<half]), [], Array(log[half...]), in: folder)
    #expect(try delivered(members) == Delivered(bytes: log))
    #expect(try delivered(members, room: 1) == Delivered(bytes: log))
  }

  @Test(arguments: Packer.allCases) func zerosBetweenAndAfterStreamsArePassed(_ packer: Packer) throws {
    let member = try packer.packed(Array("one\n".utf8), in: folder)
    let zeros = [UInt8](repeating: 0, count: 700_000)
    #expect(try delivered(member + zeros) == Delivered(bytes: Array("one\n".utf8)))
    #expect(try delivered(member + [0] + member + zeros) == Delivered(bytes: Array("one\none\n".utf8)))
  }

  @Test(arguments: Packer.allCases) func uncompressedBytesAfterItAreReported(_ packer: Packer) throws {
    let member = try packer.packed(Array("one\n".utf8), in: folder)
    let text = Array("GET / 200\n".utf8)
    #expect(
      try delivered(member + text)
        == Delivered(bytes: Array("one\n".utf8), damage: .trailingGarbage(offset: member.count)))
    #expect(
      try delivered(member + [0, 0] + text)
        == Delivered(bytes: Array("one\n".utf8), damage: .trailingGarbage(offset: member.count + 2)))
  }

  /// A truncated stream delivers everything that can be decoded, however it is read.
  @Test(arguments: Packer.allCases) func aCutStreamGivesItsStart(_ packer: Packer) throws {
    let packed = try packer.packed(log, in: folder)
    var last = 0
    for length in stride(from: 6, to: packed.count, by: 97) {
      let whole = try delivered(Array(packed.prefix(length)))
      #expect(whole.damage == .truncated)
      #expect(log.starts(with: whole.bytes))
      #expect(whole.bytes.count >= last)
      last = whole.bytes.count
      let small = try delivered(Array(packed.prefix(length)), room: 3)
      #expect(small == whole, "\(length) bytes of the stream")
    }
    // bzip2 has blocks of 100 KB, zstd of 128 KiB, and half a block cannot be decoded.
    if packer == .gzip || packer == .xz { #expect(last > log.count * 9 / 10) }
    #expect(try delivered(Array(packed.dropLast())).bytes == log)
  }

  /// Long matches: zlib consumes the end of its input before it has had room for all the output.
  @Test func aCutStreamOfOneLineGivesItsStart() throws {
    let same = [UInt8](repeating: 0x61, count: 3_000)
    let packed = try Packer.gzip.packed(same, in: folder)
    for length in 12..<packed.count {
      let whole = try delivered(Array(packed.prefix(length)))
      let small = try delivered(Array(packed.prefix(length)), room: 1)
      #expect(small == whole, "\(length) bytes of the stream")
    }
  }

  @Test(arguments: Packer.allCases) func aBrokenStreamIsTold(_ packer: Packer) throws {
    let packed = try packer.packed(log, in: folder)
    var generator = SeededGenerator(seed: 12)
    let flips = [packed.count - 1, packed.count - 4, packed.count - 5, packed.count - 8]
    for place in flips + (0..<40).map({ _ in Int.random(in: 10..<packed.count, using: &generator) }) {
      var broken = packed
      broken[place] ^= 0x10
      let result = try delivered(broken)
      switch result.damage {
      case .corrupt(let offset): #expect(offset <= packed.count)
      case .truncated, .trailingGarbage, .tooLarge: break
      default:
        // The last bits of a bzip2 file have no meaning.
        if packer != .bzip2 || result.bytes != log {
          Issue.record("byte \(place): \(String(describing: result.damage))")
        }
      }
    }
  }

  /// bzip2 decodes a damaged block into garbage. None of it may be delivered, but everything before it must be.
  @Test func ofDamagedBzip2AllBlocksBeforeAreDelivered() throws {
    var generator = SeededGenerator(seed: 15)
    let log = (0..<20_000).flatMap { Array("GET /page/\($0) \(generator.next() % 90_000)\n".utf8) }
    let packed = try Packer.bzip2.packed(log, in: folder)
    var last = 0
    for place in stride(from: 40, to: packed.count - 10, by: packed.count / 23) {
      var broken = packed
      broken[place] ^= 0x04
      let result = try delivered(broken)
      #expect(result.damage != nil)
      #expect(log.starts(with: result.bytes), "byte \(place)")
      #expect(result.bytes.count >= last)
      last = result.bytes.count
    }
    #expect(last > log.count * 2 / 3)
  }

  /// Frames without text, which pzstd writes first.
  @Test func skippableFramesArePassed() throws {
    let frame = try Packer.zstd.packed(Array("one\n".utf8), in: folder)
    let skippable: [UInt8] = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 0x61, 0x61, 0x61]
    let file = skippable + frame + skippable + skippable + frame + skippable
    #expect(try delivered(file) == Delivered(bytes: Array("one\none\n".utf8)))
    #expect(try delivered(file, room: 1) == Delivered(bytes: Array("one\none\n".utf8)))
    #expect(try delivered(skippable) == Delivered(bytes: []))
  }

  @Test func framesThatNeedTooMuchMemoryAreTold() throws {
    // A frame header that requests a window of 1 GiB (RFC 8878, section 3.1.1.1.2).
    let file: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA0, 0x01, 0x00, 0x00]
    #expect(try delivered(file).damage == .tooLarge)
  }

  @Test(
    arguments: [
      ([0x50, 0x4B, 3, 4, 1], "zip"), ([0xFF, 0xFE, 0x61, 0], "UTF-16"), ([0xFE, 0xFF, 0, 0x61], "UTF-16"),
      (Array(repeating: [0x61, 0], count: 40).flatMap { $0 }, "UTF-16"),
      (Array(repeating: [0, 0x61], count: 40).flatMap { $0 }, "UTF-16"),
      (Array("SQLite format 3\0".utf8), "SQLite"), ([0x1F, 0x8B, 8, 0], "twice"),
    ] as [([UInt8], String)])
  func whatIsNoLogIsNamed(_ bytes: [UInt8], _ kind: String) throws {
    if kind != "twice" { try expectRefusal(of: bytes, as: kind) }
    for packer in Packer.allCases { try expectRefusal(of: packer.packed(bytes, in: folder), as: kind) }
  }

  /// Includes the oldest kind of tar, which has no magic number.
  @Test(arguments: ["gnu", "ustar", "v7", "pax"]) func tarIsNamed(_ format: String) throws {
    try folder.write(log, to: "access.log")
    let path = folder.path("logs.tar")
    try SystemTool.run("tar", "--format", format, "-C", folder.path, "-cf", path, "access.log")
    let tar = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    try expectRefusal(of: tar, as: "tar")
    try expectRefusal(of: Packer.gzip.packed(tar, in: folder), as: "tar")
  }

  private func expectRefusal(of bytes: [UInt8], as kind: String) throws {
    let path = try folder.write(bytes, to: "a.log")
    let error = #expect(throws: InputError.self) { try ByteSource(path: path) }
    guard case .unsupported(path, let told, let advice) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(told.contains(kind))
    #expect(!advice.isEmpty)
  }

  /// Logs that slightly resemble another kind of file.
  @Test func whatOnlyLooksLikeAnotherKindIsRead() throws {
    for text in ["BZhX is a name\n", "PK is another\n", "\0\0\0\0" + String(repeating: "\0", count: 600) + "x\n"] {
      #expect(try delivered(Array(text.utf8)) == Delivered(bytes: Array(text.utf8)))
    }
  }

  @Test func whatIsNotThereIsMissing() {
    let path = folder.path("missing.log")
    #expect(throws: InputError.missing(path)) { try ByteSource(path: path) }
  }

  @Test func aFolderCannotBeRead() {
    #expect(throws: InputError.self) { try ByteSource(path: folder.path) }
  }
}
