import CBzip2

/// Decompresses one bzip2 stream after the other with libbz2: <https://sourceware.org/bzip2/manual/manual.html>.
///
/// bzip2 turns a damaged block into garbage, and only the checksum at the block's end reveals that. So a block is
/// held back until it is complete and correct. The library does not report where a block ends. But if it is given
/// one byte at a time and leaves room in the output, all its output belongs to blocks whose checksums were correct.
@safe final class Bzip2Stream: StreamDecoder {
  private var stream = unsafe bz_stream()
  private var isStarted = false
  private var hasEnded = false
  private var block = [UInt8](repeating: 0, count: 1_000_000)
  private var blockEnd = 0
  /// The bytes of `block` that are correct and not returned yet.
  private var ready = 0..<0

  init?() {
    guard start() else { return nil }
  }

  deinit {
    if isStarted { _ = unsafe BZ2_bzDecompressEnd(&stream) }
  }

  func startStream() {
    _ = start()
  }

  private func start() -> Bool {
    if isStarted { _ = unsafe BZ2_bzDecompressEnd(&stream) }
    unsafe stream = bz_stream()
    hasEnded = false
    // Safe because the stream is zeroed and lives as long as this object.
    isStarted = unsafe BZ2_bzDecompressInit(&stream, 0, 0) == BZ_OK
    return isStarted
  }

  func decode(
    _ input: inout [UInt8], _ from: inout Int, upTo inputEnd: Int, into output: inout [UInt8], _ to: inout Int,
    upTo outputEnd: Int
  ) -> DecoderStep {
    precondition(from <= inputEnd && inputEnd <= input.count && to <= outputEnd && outputEnd <= output.count)
    while true {
      handOut(&output, &to, outputEnd)
      if to == outputEnd { return .more }
      if hasEnded { return .streamEnd }
      if from == inputEnd { return .more }
      if let failure = decodeByte(&input, &from) { return failure }
    }
  }

  private func handOut(_ output: inout [UInt8], _ to: inout Int, _ outputEnd: Int) {
    let count = min(ready.count, outputEnd - to)
    for offset in 0..<count { output[to + offset] = block[ready.lowerBound + offset] }
    to += count
    ready = ready.lowerBound + count..<ready.upperBound
    if ready.isEmpty, blockEnd == ready.upperBound {
      ready = 0..<0
      blockEnd = 0
    }
  }

  /// Decompresses a byte of input and collects all output that results from it.
  private func decodeByte(_ input: inout [UInt8], _ from: inout Int) -> DecoderStep? {
    let end = from + 1
    while true {
      switch step(&input, &from, end) {
      case BZ_OK: break
      case BZ_STREAM_END: hasEnded = true
      case BZ_MEM_ERROR: return .tooLarge
      default: return .corrupt
      }
      if hasEnded || blockEnd < block.count {
        ready = 0..<blockEnd
        return nil
      }
      block.append(contentsOf: repeatElement(0, count: block.count))
    }
  }

  private func step(_ input: inout [UInt8], _ from: inout Int, _ end: Int) -> CInt {
    // Safe because both ranges lie within their buffers, which libbz2 does not use after the call.
    let status = unsafe input.withUnsafeMutableBytes { source in
      unsafe block.withUnsafeMutableBytes { target in
        unsafe stream.next_in = source.baseAddress.map { unsafe $0 + from }?.assumingMemoryBound(to: CChar.self)
        unsafe stream.avail_in = UInt32(end - from)
        unsafe stream.next_out = target.baseAddress.map { unsafe $0 + blockEnd }?.assumingMemoryBound(to: CChar.self)
        unsafe stream.avail_out = UInt32(target.count - blockEnd)
        return unsafe BZ2_bzDecompress(&stream)
      }
    }
    from = end - Int(unsafe stream.avail_in)
    blockEnd = block.count - Int(unsafe stream.avail_out)
    return status
  }
}
