/// Decompresses the streams of a compressed file, one after the other. There is one for each kind of compression.
protocol StreamDecoder: AnyObject {
  /// Starts the next stream.
  func startStream()

  /// Decompresses from `input` at `from` into `output` at `to`, and advances both, until one of them is used up.
  ///
  /// If no input is left, it still returns output that did not fit before.
  func decode(
    _ input: inout [UInt8], _ from: inout Int, upTo inputEnd: Int, into output: inout [UInt8], _ to: inout Int,
    upTo outputEnd: Int
  ) -> DecoderStep
}

/// How a step of decompression ended.
enum DecoderStep {
  /// More input or more room is needed.
  case more
  /// A stream is complete.
  case streamEnd
  /// The input is damaged.
  case corrupt
  /// Decompressing the input takes more memory than is allowed.
  case tooLarge
}
