/// Unpacks the streams of a compressed file, one after the other. One for each kind of compression.
protocol StreamDecoder: AnyObject {
  /// Starts the next stream.
  func startStream()

  /// Unpacks from `input` at `from` (moved on) into `output` at `to` (moved on) until one of them is used up.
  ///
  /// Called with no input left it still hands out what it had no room for before.
  func decode(
    _ input: inout [UInt8], _ from: inout Int, upTo inputEnd: Int, into output: inout [UInt8], _ to: inout Int,
    upTo outputEnd: Int
  ) -> DecoderStep
}

/// How a step of unpacking ended.
enum DecoderStep {
  /// Give it more input, or more room.
  case more
  /// A stream is complete.
  case streamEnd
  /// The input is broken.
  case corrupt
  /// The input can only be unpacked with more memory than is allowed.
  case tooLarge
}
