import ByteScanning

/// Finds secrets and identifiers that look random: hexadecimal digits, base64 (RFC 4648), base62, base36, base32 and
/// what is made of them, such as nanoid, ULID, KSUID, CUID, ObjectId, session ids and keys of interfaces.
///
/// - Sixteen hexadecimal digits are a token. Fewer are often the short hash of a revision, or part of a public name.
/// - Of both cases, twelve letters and digits are one if they look random (``WordModel``). Eleven are an id of YouTube,
///   ten one of Amazon, which everybody knows.
/// - In one case, it takes sixteen letters and digits without a hyphen, and twenty if they are capitals: numbers of
///   products are often longer than others, in capitals, and have hyphens.
/// - After names such as `reset` or `token`, eight are enough.
/// - In names of assets, tokens stay (``FileNames``).
enum TokenRule {
  static func find(in passage: inout Passage) {
    var index = 0
    while index < passage.count {
      guard isPart(passage, index) else {
        index += 1
        continue
      }
      var end = index
      while isPart(passage, end) { end += 1 }
      if end - index >= shortest {
        let found = Run(passage, index..<end).tokens
        if !found.isEmpty, !(FileNames.isAsset(passage) && staysInAsset(passage, index)) {
          for range in found { passage.find(.token, withPadding(passage, range)) }
        }
      }
      index = end
    }
  }

  private static let shortest = 8

  /// Whether a byte may be one of base64: of the alphabet for URLs, or escaped one of the other.
  private static func isPart(_ passage: Passage, _ index: Int) -> Bool {
    let byte = passage[index]
    if Byte.isLetterOrDigit(byte) || byte == Byte.hyphen || byte == Byte.underscore { return true }
    guard byte == Byte.plus || byte == Byte.slash else { return false }
    return !passage.isPath || passage.isEscaped(index)
  }

  private static func staysInAsset(_ passage: Passage, _ place: Int) -> Bool {
    guard place < passage.query else { return false }
    let name = passage.segment(endingAt: passage.query)
    return place >= name.lowerBound || FileNames.isStored(passage, before: place)
  }

  /// Returns a range with the `=` that base64 ends with.
  private static func withPadding(_ passage: Passage, _ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while passage[end] == Byte.equals, end - range.upperBound < 2 { end += 1 }
    return passage.isWord(end) ? range : range.lowerBound..<end
  }
}

/// A run of bytes that may be base64: words with hyphens and other joints between them.
private struct Run {
  /// A word of the run, without joints.
  struct Word {
    var range: Range<Int>
    var evidence = 0
    var isHex = false
  }

  /// What a hyphen or an underscore costs: each is one of 64 characters of base64, but one of eight of a name. Names
  /// hardly have both.
  private static let (oneJoint, bothJoints) = (14, 4)
  /// Base64 ends with `=`, and hardly anything else does.
  private static let padding = 24

  private let passage: Passage
  private let range: Range<Int>
  private let joint: Int
  private var words: [Word] = []

  init(_ passage: Passage, _ range: Range<Int>) {
    self.passage = passage
    self.range = range
    let hasBoth = range.contains { passage[$0] == Byte.hyphen } && range.contains { passage[$0] == Byte.underscore }
    joint = hasBoth ? Self.bothJoints : Self.oneJoint
    var index = range.lowerBound
    while index < range.upperBound {
      var end = index
      while end < range.upperBound, Byte.isLetterOrDigit(passage[end]) { end += 1 }
      if end > index { words.append(Word(range: index..<end)) }
      index = end + 1
    }
    for index in words.indices {
      words[index].isHex = isLongHex(words[index].range)
      words[index].evidence = WordModel.evidence(passage.bytes[words[index].range], isPart: words.count > 1)
    }
    if let last = words.indices.last, isPadded { words[last].evidence += Self.padding }
  }

  private var isPadded: Bool {
    var end = range.upperBound
    while passage[end] == Byte.equals { end += 1 }
    return end > range.upperBound && !passage.isWord(end)
  }

  /// The tokens among the words.
  var tokens: [Range<Int>] {
    var found: [Range<Int>] = []
    var first = 0
    for (index, word) in words.enumerated() where word.isHex || isToken(index..<index + 1) && !isOfBothCases(word.range)
    {
      found += joined(first..<index) + [word.range]
      first = index + 1
    }
    return found + joined(first..<words.count)
  }

  /// Returns the tokens among neighbouring words that are made of both cases, and may contain hyphens.
  private func joined(_ part: Range<Int>) -> [Range<Int>] {
    guard let best = best(part), isToken(best), isOfBothCases(range(of: best)) else { return [] }
    let whole = extended(best, within: part)
    return joined(part.lowerBound..<whole.lowerBound) + [withJoints(whole)] + joined(whole.upperBound..<part.upperBound)
  }

  /// Returns the neighbouring words with the most evidence (Kadane's algorithm).
  private func best(_ part: Range<Int>) -> Range<Int>? {
    var best: (range: Range<Int>, evidence: Int)?
    var start = part.lowerBound
    var sum = 0
    for index in part {
      if sum <= joint {
        start = index
        sum = words[index].evidence
      } else {
        sum += words[index].evidence - joint
      }
      if sum > best?.evidence ?? 0 { best = (start..<index + 1, sum) }
    }
    return best?.range
  }

  private func isToken(_ part: Range<Int>) -> Bool {
    var classes = Classes()
    var (count, evidence) = (0, -joint * (part.count - 1))
    for word in words[part] {
      for byte in passage.bytes[word.range] { classes.add(byte) }
      count += word.range.count
      evidence += word.evidence
    }
    return Threshold.isReached(by: evidence, classes, count: count)
      || Threshold.isReachedOfSecret(by: evidence, classes, count: count)
        && SecretNames.precede(range.lowerBound, in: passage)
  }

  /// Takes in the words beside a token that a hyphen of its own cuts off.
  private func extended(_ part: Range<Int>, within whole: Range<Int>) -> Range<Int> {
    var part = part
    while part.lowerBound > whole.lowerBound,
      isRest(words[part.lowerBound - 1], joint: words[part.lowerBound - 1].range.upperBound)
    {
      part = part.lowerBound - 1..<part.upperBound
    }
    while part.upperBound < whole.upperBound,
      isRest(words[part.upperBound], joint: words[part.upperBound].range.lowerBound - 1)
    {
      part = part.lowerBound..<part.upperBound + 1
    }
    return part
  }

  /// Whether a word beside a token rather belongs to it: it has a capital or a digit and is no usual word, or is
  /// joined by `+` or `/`, or has one or two letters. Names in front of tokens end with `_`: `pi_`.
  private func isRest(_ word: Word, joint: Int) -> Bool {
    let isBase64 = passage[joint] == Byte.plus || passage[joint] == Byte.slash
    if word.evidence > 0 { return isBase64 || word.range.contains { Byte.isLetter(passage[$0]) } }
    if word.range.contains(where: { passage[$0] < 0x61 }) { return word.evidence > -20 }
    let isName = passage[joint] == Byte.underscore && joint == word.range.upperBound
    return isBase64 && word.evidence > -20 || word.range.count <= (isName ? 1 : 2)
  }

  private func range(of part: Range<Int>) -> Range<Int> {
    words[part.lowerBound].range.lowerBound..<words[part.upperBound - 1].range.upperBound
  }

  /// Returns the range of words, with the hyphens at the ends of the run.
  private func withJoints(_ part: Range<Int>) -> Range<Int> {
    let own = range(of: part)
    let start = part.lowerBound == 0 ? range.lowerBound : own.lowerBound
    let end = part.upperBound == words.count ? range.upperBound : own.upperBound
    return start..<end
  }

  private func isOfBothCases(_ range: Range<Int>) -> Bool {
    var classes = Classes()
    for index in range where Byte.isLetterOrDigit(passage[index]) { classes.add(passage[index]) }
    return classes.hasSmall && classes.hasCapitals
  }

  private func isLongHex(_ range: Range<Int>) -> Bool {
    var range = range
    if passage.matches("0x", at: range.lowerBound) { range = range.lowerBound + 2..<range.upperBound }
    guard range.count >= 16, range.allSatisfy({ HexDigits.value(passage[$0]) != nil }) else { return false }
    return range.contains { Byte.isDigit(passage[$0]) } && range.contains { Byte.isLetter(passage[$0]) }
  }
}

/// How much evidence makes a token, by its characters and their number.
private enum Threshold {
  /// Whether there is enough anywhere.
  static func isReached(by evidence: Int, _ classes: Classes, count: Int) -> Bool {
    let isOfBothCases = classes.hasSmall && classes.hasCapitals
    if isOfBothCases { return count >= 12 && evidence >= (count < 20 ? 32 : 24) }
    guard classes.hasSmall || classes.hasCapitals else { return false }
    guard classes.hasDigits else { return count >= 16 && evidence >= 64 }
    return count >= (classes.hasSmall ? 16 : 20) && evidence >= (count < 20 ? 48 : 36)
  }

  /// Whether there is enough after the name of a secret.
  static func isReachedOfSecret(by evidence: Int, _ classes: Classes, count: Int) -> Bool {
    guard count >= 8, classes.hasSmall || classes.hasCapitals else { return false }
    return classes.hasDigits ? evidence >= 16 : classes.hasSmall && classes.hasCapitals && evidence >= 32
  }
}
