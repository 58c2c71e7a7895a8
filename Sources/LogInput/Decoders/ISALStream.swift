#if canImport(CISAL)
  import CISAL

  /// Decompresses one gzip member after the other with ISA-L:
  /// <https://github.com/intel/isa-l/blob/master/include/igzip_lib.h>.
  ///
  /// ISA-L itself keeps what it needs of its earlier output, so buffers may change between calls. A large output
  /// buffer pays off: the first 64 KiB of each call are copied once more.
  @safe final class ISALStream: StreamDecoder {
    private let decoder: OpaquePointer

    init?() {
      // Safe because the decoder is allocated and initialised there, and keeps no pointer to anything else.
      guard let decoder = unsafe isal_decoder_create() else { return nil }
      unsafe self.decoder = decoder
    }

    deinit {
      unsafe free(UnsafeMutableRawPointer(decoder))
    }

    func startStream() {
      unsafe isal_decoder_reset(decoder)
    }

    func decode(
      _ input: inout [UInt8], _ from: inout Int, upTo inputEnd: Int, into output: inout [UInt8], _ to: inout Int,
      upTo outputEnd: Int
    ) -> DecoderStep {
      precondition(from <= inputEnd && inputEnd <= input.count && to <= outputEnd && outputEnd <= output.count)
      // Safe because both ranges lie within their buffers, which ISA-L does not use after the call.
      let rest = unsafe input.withUnsafeMutableBufferPointer { source in
        unsafe output.withUnsafeMutableBufferPointer { target in
          unsafe isal_decoder_run(
            decoder, source.baseAddress.map { unsafe $0 + from }, UInt32(inputEnd - from),
            target.baseAddress.map { unsafe $0 + to }, UInt32(outputEnd - to))
        }
      }
      from = inputEnd - Int(rest.input)
      to = outputEnd - Int(rest.output)
      guard rest.status >= ISAL_DECOMP_OK else { return .corrupt }
      return rest.is_end != 0 ? .streamEnd : .more
    }
  }
#endif
