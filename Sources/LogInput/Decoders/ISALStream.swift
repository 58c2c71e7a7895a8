#if canImport(CISAL)
  import CISAL

  /// Decompresses one gzip member after the other with ISA-L:
  /// <https://github.com/intel/isa-l/blob/master/include/igzip_lib.h>.
  ///
  /// ISA-L itself keeps what it needs of its earlier output, so buffers may change between calls. A large output
  /// buffer pays off: the first 64 KiB of each call are copied once more.
  @safe final class ISALStream: StreamDecoder {
    private let state: UnsafeMutablePointer<inflate_state>

    init?() {
      unsafe state = .allocate(capacity: 1)
      // Safe because the state is allocated and initialised by the library, which keeps no pointer to anything else.
      unsafe isal_inflate_init(state)
      unsafe state.pointee.crc_flag = UInt32(ISAL_GZIP)
    }

    deinit {
      unsafe state.deallocate()
    }

    func startStream() {
      unsafe isal_inflate_reset(state)
    }

    func decode(
      _ input: inout [UInt8], _ from: inout Int, upTo inputEnd: Int, into output: inout [UInt8], _ to: inout Int,
      upTo outputEnd: Int
    ) -> DecoderStep {
      precondition(from <= inputEnd && inputEnd <= input.count && to <= outputEnd && outputEnd <= output.count)
      // Safe because both ranges lie within their buffers, which ISA-L does not use after the call.
      let status = unsafe input.withUnsafeMutableBufferPointer { source in
        unsafe output.withUnsafeMutableBufferPointer { target in
          unsafe state.pointee.next_in = source.baseAddress.map { unsafe $0 + from }
          unsafe state.pointee.avail_in = UInt32(inputEnd - from)
          unsafe state.pointee.next_out = target.baseAddress.map { unsafe $0 + to }
          unsafe state.pointee.avail_out = UInt32(outputEnd - to)
          return unsafe isal_inflate(state)
        }
      }
      from = inputEnd - Int(unsafe state.pointee.avail_in)
      to = outputEnd - Int(unsafe state.pointee.avail_out)
      guard status >= ISAL_DECOMP_OK else { return .corrupt }
      return unsafe state.pointee.block_state == ISAL_BLOCK_FINISH ? .streamEnd : .more
    }
  }
#endif
