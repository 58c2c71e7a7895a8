import ByteScanning

/// Whether a text may contain personal data: a pass over its bytes that clears most texts without memory of its own.
///
/// It asks for less than the rules do. A token, for example, has changes between letters and digits, or between small
/// letters and capitals, in one segment; or sixteen letters and digits in a row.
///
/// Texts of more than 64 bytes are seen through windows that overlap by 32 bytes, in which all that is asked for
/// fits.
struct Suspicion {
  private let start: Int
  private let end: Int
  private var digits: UInt64
  private var capitals: UInt64
  private var smalls: UInt64
  private var escapes: UInt64 = 0

  /// Returns whether the rules must read what was appended to a text from `start` on.
  static func isRaised(by text: Span<UInt8>, from start: Int, isStrict: Bool) -> Bool {
    var start = start
    while true {
      let end = min(start &+ ByteMasks.longest, text.count)
      let masks = ByteMasks(text, from: start, to: end)
      if isStrict, masks.digits != 0 { return true }
      // Most texts end here: there is no mark, and there are at most two digits and capitals.
      let rare = masks.digits | masks.capitals
      if masks.hasMarks || isAtLeastThree(rare) || hasRun(of: 16, in: masks.smalls | rare) {
        var window = Suspicion(masks, from: start, to: end)
        if masks.hasMarks && window.isRaisedByMarks(in: text) || window.isRaised(by: text) { return true }
      }
      if end == text.count { return false }
      start &+= ByteMasks.longest / 2
    }
  }

  private init(_ masks: ByteMasks, from start: Int, to end: Int) {
    self.start = start
    self.end = end
    digits = masks.digits
    capitals = masks.capitals
    smalls = masks.smalls
  }

  private func isRaised(by text: Span<UInt8>) -> Bool {
    mayHoldToken(in: text) || (Self.isAtLeastThree(digits & (digits &- 1)) && isRaisedByDigits(in: text))
  }

  /// Whether at least three bits are set. Costs less than to count them.
  private static func isAtLeastThree(_ bits: UInt64) -> Bool {
    let two = bits & (bits &- 1)
    return two & (two &- 1) != 0
  }

  private func places(of byte: UInt8, in text: Span<UInt8>) -> UInt64 {
    ByteMasks.places(of: byte, in: text, from: start, to: end)
  }

  /// Looks at escapes, and takes their digits out. Most are of letters that are not English.
  private mutating func isRaisedByEscapes(in text: Span<UInt8>) -> Bool {
    var rest = escapes
    while rest != 0 {
      let index = start &+ rest.trailingZeroBitCount
      rest &= rest &- 1
      guard index &+ 2 < text.count else { continue }
      switch (text[index &+ 1], Byte.lower(text[index &+ 2])) {
      // `@`, `%`, `:`, `+`, `/`
      case (0x34, 0x30), (0x32, 0x35), (0x33, 0x61), (0x32, 0x62), (0x32, 0x66): return true
      default: continue
      }
    }
    let taken = ~(escapes << 1 | escapes << 2)
    digits &= taken
    capitals &= taken
    smalls &= taken
    return false
  }

  /// Whether there is an e-mail address, or a telephone number after `+` or `tel:`, or an IPv6 address. Takes the digits
  /// of escapes out.
  private mutating func isRaisedByMarks(in text: Span<UInt8>) -> Bool {
    if places(of: Byte.at, in: text) != 0 { return true }
    escapes = places(of: Byte.percent, in: text)
    if escapes != 0, isRaisedByEscapes(in: text) { return true }
    guard digits != 0 else { return false }
    let colons = places(of: Byte.colon, in: text).nonzeroBitCount
    return colons >= 2 || (digits.nonzeroBitCount >= 6 && (colons > 0 || places(of: Byte.plus, in: text) != 0))
  }

  /// Whether there are sixteen letters and digits in a row, or three changes in a run with hyphens that is
  /// long enough.
  private func mayHoldToken(in text: Span<UInt8>) -> Bool {
    let letters = smalls | capitals
    let words = letters | digits
    if Self.hasRun(of: 16, in: words) { return true }
    // A capital at the start of a word, after which small letters follow, is no change.
    let changes =
      (digits & letters << 1) | (letters & digits << 1) | (capitals & smalls << 1)
      | (smalls & capitals << 1 & capitals << 2)
    guard Self.isAtLeastThree(changes) else { return false }
    var runs = words | places(of: Byte.hyphen, in: text) | places(of: Byte.underscore, in: text)
    runs |= escapes | escapes << 1 | escapes << 2 | places(of: Byte.plus, in: text)
    var rest = changes
    while rest != 0 {
      let run = Self.run(around: UInt64(rest.trailingZeroBitCount), in: runs)
      let length = run.nonzeroBitCount
      if length >= 8, (changes & run).nonzeroBitCount >= 3, length >= 12 || mayFollowName(run, in: text) { return true }
      rest &= ~run
    }
    return false
  }

  /// Returns the bits in a row that one of them, which is set, belongs to.
  private static func run(around place: UInt64, in bits: UInt64) -> UInt64 {
    let above = UInt64((~(bits >> place)).trailingZeroBitCount)
    let below = UInt64((~(bits << (63 - place))).leadingZeroBitCount)
    let length = above + below - 1
    return (length < 64 ? 1 << length - 1 : ~0) << (place + 1 - below)
  }

  /// Whether a run follows a name, after which short secrets are found: that of a parameter or of a segment.
  private func mayFollowName(_ run: UInt64, in text: Span<UInt8>) -> Bool {
    let first = start + run.trailingZeroBitCount
    return first > start + 1 && (text[first - 1] == Byte.equals || text[first - 1] == Byte.slash)
  }

  /// Whether there may be an IPv4 address, a card, or a telephone number after zeros.
  private func isRaisedByDigits(in text: Span<UInt8>) -> Bool {
    let dots = places(of: Byte.dot, in: text)
    if (dots & digits << 1 & digits >> 1).nonzeroBitCount >= 3 { return true }
    let count = digits.nonzeroBitCount
    guard count >= 8 else { return false }
    let zeros = places(of: 0x30, in: text)
    let words = smalls | capitals | digits
    if zeros & zeros << 1 & ~(words << 2) & (digits & ~zeros) >> 1 != 0 { return true }
    guard count >= 13 else { return false }
    return Self.hasRun(of: 13, in: ~(smalls | capitals | places(of: Byte.slash, in: text)))
  }

  /// Whether that many bits, 9 to 16, are set in a row.
  private static func hasRun(of count: UInt64, in bits: UInt64) -> Bool {
    var runs = bits & bits >> 1
    runs &= runs >> 2
    runs &= runs >> 4
    return runs & runs >> (count - 8) != 0
  }
}
