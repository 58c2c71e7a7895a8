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
    let packed = try Gzip.packed(log, in: folder)
    #expect(try delivered(packed, room: room) == Delivered(bytes: log))
  }

  @Test(arguments: [0, 1, 2, 511, 512, 513]) func readsSmallFiles(_ size: Int) throws {
    let bytes = Array(log.prefix(size))
    #expect(try delivered(bytes) == Delivered(bytes: bytes))
    #expect(try delivered(Gzip.packed(bytes, in: folder)) == Delivered(bytes: bytes))
  }

  @Test func gzipIsToldByItsFirstBytesAndNotByItsName() throws {
    let packed = try folder.write(Gzip.packed(log, in: folder), to: "access.log")
    let plain = try folder.write(log, to: "access.log.gz")
    #expect(try ByteSource(path: packed).isCompressed)
    #expect(try !ByteSource(path: plain).isCompressed)
    #expect(try Delivered(packed) == Delivered(plain))
    #expect(try ByteSource(path: plain).facts?.size == Int64(log.count))
  }

  @Test func membersFollowEachOther() throws {
    let half = log.count / 2
    let members = try Gzip.packed(Array(log[..<half]), [], Array(log[half...]), in: folder)
    #expect(try delivered(members) == Delivered(bytes: log))
    #expect(try delivered(members, room: 1) == Delivered(bytes: log))
  }

  @Test func zerosBetweenAndAfterMembersArePassed() throws {
    let member = try Gzip.packed(Array("one\n".utf8), in: folder)
    let zeros = [UInt8](repeating: 0, count: 700_000)
    #expect(try delivered(member + zeros) == Delivered(bytes: Array("one\n".utf8)))
    #expect(try delivered(member + [0] + member + zeros) == Delivered(bytes: Array("one\none\n".utf8)))
  }

  @Test func whatFollowsAndIsNoGzipIsLeftOut() throws {
    let member = try Gzip.packed(Array("one\n".utf8), in: folder)
    let text = Array("GET / 200\n".utf8)
    #expect(
      try delivered(member + text)
        == Delivered(bytes: Array("one\n".utf8), damage: .trailingGarbage(offset: member.count)))
    #expect(
      try delivered(member + [0, 0] + text)
        == Delivered(bytes: Array("one\n".utf8), damage: .trailingGarbage(offset: member.count + 2)))
  }

  /// A cut stream gives all that can be had of it, however it is read.
  @Test func aCutStreamGivesItsStart() throws {
    let packed = try Gzip.packed(log, in: folder)
    var last = 0
    for length in stride(from: 2, to: packed.count, by: 97) {
      let whole = try delivered(Array(packed.prefix(length)))
      #expect(whole.damage == .truncated)
      #expect(log.starts(with: whole.bytes))
      #expect(whole.bytes.count >= last)
      last = whole.bytes.count
      let small = try delivered(Array(packed.prefix(length)), room: 3)
      #expect(small == whole, "\(length) bytes of the stream")
    }
    #expect(last > log.count * 9 / 10)
    #expect(try delivered(Array(packed.dropLast())).bytes == log)
  }

  /// Long matches: zlib takes the last of its input before it has had room for what that stands for.
  @Test func aCutStreamOfOneLineGivesItsStart() throws {
    let same = [UInt8](repeating: 0x61, count: 3_000)
    let packed = try Gzip.packed(same, in: folder)
    for length in 12..<packed.count {
      let whole = try delivered(Array(packed.prefix(length)))
      let small = try delivered(Array(packed.prefix(length)), room: 1)
      #expect(small == whole, "\(length) bytes of the stream")
    }
  }

  @Test func aBrokenStreamIsTold() throws {
    let packed = try Gzip.packed(log, in: folder)
    var generator = SeededGenerator(seed: 12)
    let flips = [packed.count - 1, packed.count - 4, packed.count - 5, packed.count - 8]
    for place in flips + (0..<40).map({ _ in Int.random(in: 10..<packed.count, using: &generator) }) {
      var broken = packed
      broken[place] ^= 0x10
      let result = try delivered(broken)
      switch result.damage {
      case .corrupt(let offset): #expect(offset <= packed.count)
      case .truncated: break
      default: Issue.record("byte \(place): \(String(describing: result.damage))")
      }
    }
  }

  @Test(
    arguments: [
      (Array("BZh91AY".utf8), "bzip2"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 1], "xz"),
      ([0x28, 0xB5, 0x2F, 0xFD, 1], "zstd"), ([0x50, 0x4B, 3, 4, 1], "zip"),
      ([UInt8](repeating: 0x61, count: 257) + Array("ustar".utf8), "tar"), ([0xFF, 0xFE, 0x61, 0], "UTF-16"),
      ([0xFE, 0xFF, 0, 0x61], "UTF-16"), (Array("SQLite format 3\0".utf8), "SQLite"),
    ] as [([UInt8], String)])
  func whatCannotBeReadYetIsNamed(_ bytes: [UInt8], _ kind: String) throws {
    let path = try folder.write(bytes, to: "a.log")
    let error = #expect(throws: InputError.self) { try ByteSource(path: path) }
    guard case .unsupported(path, let told, let advice) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(told.contains(kind))
    #expect(!advice.isEmpty)
  }

  @Test func whatIsNotThereIsMissing() {
    let path = folder.path("missing.log")
    #expect(throws: InputError.missing(path)) { try ByteSource(path: path) }
  }

  @Test func aFolderCannotBeRead() {
    #expect(throws: InputError.self) { try ByteSource(path: folder.path) }
  }
}
