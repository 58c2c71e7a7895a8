import TestSupport
import Testing

@testable import LogInput

#if canImport(CISAL)
  /// Compares ISA-L with zlib, which is used where ISA-L is not available.
  @Suite struct InflateTests {
    private struct Inflated: Equatable {
      var bytes: [UInt8] = []
      var members = 0
      var isCorrupt = false
      var used = 0
    }

    private typealias Inflate = (inout [UInt8], inout Int, Int, inout [UInt8], inout Int) -> DecoderStep

    /// Returns everything that can be decoded from some bytes, passed in and out in pieces.
    private static func inflated(_ packed: [UInt8], pieces: Int, room: Int, startMember: () -> Void, _ inflate: Inflate)
      -> Inflated
    {
      var all = Inflated()
      var input = packed
      var output = [UInt8](repeating: 0, count: room)
      var from = 0
      var inputEnd = 0
      while true {
        if from == inputEnd { inputEnd = min(inputEnd + pieces, input.count) }
        var to = 0
        let step = inflate(&input, &from, inputEnd, &output, &to)
        all.bytes += output[..<to]
        all.used = from
        if step == .corrupt { all.isCorrupt = true }
        if step == .streamEnd {
          all.members += 1
          startMember()
        }
        if all.isCorrupt || from == input.count && (to == 0 || step == .streamEnd) { return all }
      }
    }

    private static func byISAL(_ packed: [UInt8], pieces: Int, room: Int) throws -> Inflated {
      let stream = try #require(ISALStream())
      return inflated(packed, pieces: pieces, room: room, startMember: stream.startStream) {
        stream.decode(&$0, &$1, upTo: $2, into: &$3, &$4, upTo: room)
      }
    }

    private static func byZlib(_ packed: [UInt8], pieces: Int, room: Int) throws -> Inflated {
      let stream = try #require(ZlibStream())
      return inflated(packed, pieces: pieces, room: room, startMember: stream.startStream) {
        stream.decode(&$0, &$1, upTo: $2, into: &$3, &$4, upTo: room)
      }
    }

    private let packed: [UInt8]

    init() throws {
      let folder = try TemporaryFolder()
      var generator = SeededGenerator(seed: 12)
      let log = (0..<2_000).flatMap { line in Array("GET /page/\(line % 97) \(generator.next() % 90_000)\n".utf8) }
      packed = try Packer.gzip.packed(log, Array(log.prefix(100)), [], log.reversed(), in: folder)
    }

    @Test(arguments: [(1, 1_000_000), (100, 7), (4_096, 4_096), (1_000_000, 1_000_000)])
    func wholeMembersAreTheSame(_ pieces: Int, _ room: Int) throws {
      let byISAL = try Self.byISAL(packed, pieces: pieces, room: room)
      #expect(byISAL == (try Self.byZlib(packed, pieces: pieces, room: room)))
      #expect(byISAL.members == 4)
    }

    /// Both deliver the same bytes before the cut, except that zlib may deliver one more.
    @Test func whatIsCutShortIsTheSameUpToOneByte() throws {
      for end in stride(from: 0, to: packed.count, by: 131) {
        let byISAL = try Self.byISAL(Array(packed[..<end]), pieces: 5_000, room: 60_000)
        let byZlib = try Self.byZlib(Array(packed[..<end]), pieces: 5_000, room: 60_000)
        #expect(byISAL.members == byZlib.members && !byISAL.isCorrupt && !byZlib.isCorrupt)
        #expect(byZlib.bytes.starts(with: byISAL.bytes) && byZlib.bytes.count - byISAL.bytes.count <= 1)
      }
    }

    @Test func whatIsDamagedIsFoundToBeSo() throws {
      for place in stride(from: 0, to: packed.count, by: 173) where place > 9 {
        var damaged = packed
        damaged[place] ^= 0x10
        let byISAL = try Self.byISAL(damaged, pieces: 5_000, room: 60_000)
        let byZlib = try Self.byZlib(damaged, pieces: 5_000, room: 60_000)
        #expect(byISAL.isCorrupt == byZlib.isCorrupt && byISAL.members == byZlib.members, "byte \(place)")
      }
    }
  }
#endif
