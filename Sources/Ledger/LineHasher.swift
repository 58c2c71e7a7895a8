import ByteScanning

// Why it is built so: every byte of every line passes here. SipHash takes its eight bytes one after the other, 60 ns a
// line; the products of the first stage do not wait for each other, so that a line costs a third of it.

/// The keyed hash by which the ledger knows a line: of its bytes without line end, in two stages.
///
/// It is keyed because a hash without a secret would give an address back by trying all of them. Each 256 bytes are first
/// folded to 16 by NH, of which it is proven that two texts of one length meet with a chance of 2⁻⁶⁴ at most for whoever
/// does not know the key; what NH gives, and the length, is hashed by SipHash-1-3, which hides it. Source of the
/// algorithms: Krovetz, <https://www.rfc-editor.org/rfc/rfc4418> (NH, there of 32 bits) and ``SipHash``.
public struct LineHasher: Sendable {
  private let key: (UInt64, UInt64)
  /// The secret words that NH adds, derived from the key.
  private let words: [UInt64]

  /// A hasher with the ledger's secret key.
  public init(key: (UInt64, UInt64)) {
    self.key = key
    words = (0..<UInt64(ByteFolding.words)).map { number in
      var sip = SipHash(key)
      // No message of a line is one word that large.
      sip.compress(~number)
      return sip.finish()
    }
  }

  /// The hash of a fixed text, by which a database tells whether a key is its own.
  public var keyFingerprint: UInt64 {
    let text = Array("footfall".utf8)
    return hash(text.span, 0..<text.count)
  }

  /// The hash of the bytes in `range`.
  public func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var sip = SipHash(key)
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(start &+ ByteFolding.longest, range.upperBound)
      let folded = ByteFolding.fold(bytes, start..<end, with: words.span)
      sip.compress(folded.low)
      sip.compress(folded.high)
      start = end
    }
    sip.compress(UInt64(truncatingIfNeeded: range.count))
    return sip.finish()
  }
}
