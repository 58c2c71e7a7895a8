import CZstd

/// Decompresses one zstd frame after the other with libzstd, which skips skippable frames:
/// <https://facebook.github.io/zstd/zstd_manual.html>.
@safe final class ZstdStream: StreamDecoder {
  // The library's own limit of the window applies, 128 MiB: enough for `zstd --long=27` and everything that needs less.
  private let context: OpaquePointer

  init?() {
    guard let context = unsafe ZSTD_createDStream() else { return nil }
    unsafe self.context = context
  }

  deinit {
    _ = unsafe ZSTD_freeDStream(context)
  }

  func startStream() {
    // Safe because the context lives as long as this object.
    _ = unsafe ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
  }

  func decode(
    _ input: inout [UInt8], _ from: inout Int, upTo inputEnd: Int, into output: inout [UInt8], _ to: inout Int,
    upTo outputEnd: Int
  ) -> DecoderStep {
    precondition(from <= inputEnd && inputEnd <= input.count && to <= outputEnd && outputEnd <= output.count)
    // Safe because both ranges lie within their buffers, which libzstd does not use after the call.
    let status = unsafe input.withUnsafeBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        var given = unsafe ZSTD_inBuffer(src: source.baseAddress, size: inputEnd, pos: from)
        var made = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: outputEnd, pos: to)
        let status = unsafe ZSTD_decompressStream(context, &made, &given)
        from = unsafe given.pos
        to = unsafe made.pos
        return status
      }
    }
    if ZSTD_isError(status) == 0 { return status == 0 ? .streamEnd : .more }
    switch ZSTD_getErrorCode(status) {
    case ZSTD_error_frameParameter_windowTooLarge, ZSTD_error_memory_allocation: return .tooLarge
    default: return .corrupt
    }
  }
}
