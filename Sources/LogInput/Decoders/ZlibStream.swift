import CZlib

/// Decompresses one gzip member after the other with zlib: <https://zlib.net/manual.html>.
@safe final class ZlibStream: StreamDecoder {
  /// What is around the compressed data: zlib's `windowBits`, each with the largest window.
  enum Wrapper: CInt {
    case gzip = 31
    case raw = -15
  }

  private var stream = unsafe z_stream()

  init?(_ wrapper: Wrapper = .gzip) {
    // Safe because the stream is zeroed and lives as long as this object.
    let status = unsafe inflateInit2_(&stream, wrapper.rawValue, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { return nil }
  }

  deinit {
    _ = unsafe inflateEnd(&stream)
  }

  func startStream() {
    _ = unsafe inflateReset(&stream)
  }

  func decode(
    _ input: inout [UInt8], _ from: inout Int, upTo inputEnd: Int, into output: inout [UInt8], _ to: inout Int,
    upTo outputEnd: Int
  ) -> DecoderStep {
    precondition(from <= inputEnd && inputEnd <= input.count && to <= outputEnd && outputEnd <= output.count)
    // Safe because both ranges lie within their buffers, which zlib does not use after the call.
    let status = unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe stream.next_in = source.baseAddress.map { unsafe $0 + from }
        unsafe stream.avail_in = UInt32(inputEnd - from)
        unsafe stream.next_out = target.baseAddress.map { unsafe $0 + to }
        unsafe stream.avail_out = UInt32(outputEnd - to)
        return unsafe CZlib.inflate(&stream, Z_NO_FLUSH)
      }
    }
    from = inputEnd - Int(unsafe stream.avail_in)
    to = outputEnd - Int(unsafe stream.avail_out)
    switch status {
    case Z_STREAM_END: return .streamEnd
    case Z_OK, Z_BUF_ERROR: return .more
    default: return .corrupt
    }
  }
}
