import CLZMA

/// Decompresses one xz stream after the other with liblzma: <https://tukaani.org/xz/>.
@safe final class XZStream: StreamDecoder {
  /// The memory that a stream may use, in bytes; `xz -9` needs 65 MiB.
  private static let mostMemory: UInt64 = 128 << 20

  private var stream = unsafe lzma_stream()

  init?() {
    guard start() else { return nil }
  }

  deinit {
    unsafe lzma_end(&stream)
  }

  func startStream() {
    _ = start()
  }

  private func start() -> Bool {
    // Safe because the stream is zeroed or was started before, and lives as long as this object.
    unsafe lzma_stream_decoder(&stream, Self.mostMemory, 0) == LZMA_OK
  }

  func decode(
    _ input: inout [UInt8], _ from: inout Int, upTo inputEnd: Int, into output: inout [UInt8], _ to: inout Int,
    upTo outputEnd: Int
  ) -> DecoderStep {
    precondition(from <= inputEnd && inputEnd <= input.count && to <= outputEnd && outputEnd <= output.count)
    // Safe because both ranges lie within their buffers, which liblzma does not use after the call.
    let status = unsafe input.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe stream.next_in = source.baseAddress.map { unsafe $0 + from }
        unsafe stream.avail_in = inputEnd - from
        unsafe stream.next_out = target.baseAddress.map { unsafe $0 + to }
        unsafe stream.avail_out = outputEnd - to
        return unsafe lzma_code(&stream, LZMA_RUN)
      }
    }
    from = inputEnd - Int(unsafe stream.avail_in)
    to = outputEnd - Int(unsafe stream.avail_out)
    switch status {
    case LZMA_STREAM_END: return .streamEnd
    case LZMA_OK, LZMA_BUF_ERROR: return .more
    case LZMA_MEMLIMIT_ERROR, LZMA_MEM_ERROR: return .tooLarge
    default: return .corrupt
    }
  }
}
