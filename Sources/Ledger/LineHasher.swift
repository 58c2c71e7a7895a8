import ByteScanning

// There are two stages because every byte of every line is hashed here. Each step of SipHash takes eight bytes and
// waits for the step before: 60 ns a line. The products of the first stage do not wait for each other, which
// reduces the cost of a line to a third.

/// The keyed hash by which the ledger identifies a line. It hashes the bytes without the line end, in two stages.
///
/// The hash is keyed because an unkeyed one would reveal an address to anyone who tries all addresses. NH first
/// folds each 256 bytes to 16. It is proven that two texts of the same length collide with a probability of at most
/// 2⁻⁶⁴ for anyone who does not know the key. SipHash-1-3 then hashes the output of NH, which hides it, and the
/// length. Source of the algorithms: Krovetz, <https://www.rfc-editor.org/rfc/rfc4418> (NH, there of 32 bits) and
/// ``SipHash``.
public struct LineHasher: Sendable {
  private let key: (UInt64, UInt64)
  /// The secret words that NH adds, derived from the key.
  private let words: [UInt64]

  /// Creates a hasher with the ledger's secret key.
  public init(key: (UInt64, UInt64)) {
    self.key = key
    words = (0..<UInt64(ByteFolding.words)).map { number in
      var sip = SipHash(key)
      // No line's message is a single word that large.
      sip.compress(~number)
      return sip.finish()
    }
  }

  /// The hash of a fixed text, by which a database recognises its own key.
  public var keyFingerprint: UInt64 {
    let text = Array("footfall".utf8)
    return hash(text.span, 0..<text.count)
  }

  /// Returns the hash of the bytes in `range`.
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
