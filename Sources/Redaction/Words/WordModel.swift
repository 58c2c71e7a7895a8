import ByteScanning

/// Tells what was drawn by chance from names that people give, by which of both explains a word better.
///
/// People's names are words: letters follow each other as in languages (``LetterPairs``), capitals begin words, digits
/// come in groups. By chance all letters and digits are equally likely. The evidence is the logarithm of the ratio of
/// both likelihoods (Neyman and Pearson's test), in quarters of a bit: positive if chance explains the word better.
///
/// The costs of changes were chosen by the names of Debian's packages and files: a capital after a small letter, a
/// digit after a letter and the like are rarer than one in forty there.
enum WordModel {
  private static let capital = 22
  private static let capitalAtStart = 4
  private static let endOfCapitals = 18
  private static let digitAfterLetter = 22
  private static let letterAfterDigit = 18
  private static let digitAtStart = 8
  /// log2(10), and what zeros and repeated digits cost, which are frequent in numbers of people.
  private static let digit = 13
  private static let roundDigit = 8
  private static let anotherDigit = 2
  private static let anotherLetter = 1
  private static let anotherCapital = 2
  /// Capitals are often abbreviations, whose letters follow each other as they like.
  private static let mostAfterCapital = 28

  /// Returns the evidence that letters and digits are there by chance. `isPart` is whether other such words belong to
  /// the same text, whose alphabet is then larger than that of this word.
  static func evidence(_ bytes: ArraySlice<UInt8>, isPart: Bool) -> Int {
    var classes = Classes()
    var cost = 0
    var previous: UInt8 = 0
    var beforeIt: UInt8 = 0
    var capitals = 0
    for (index, byte) in bytes.enumerated() {
      let isStart = index == 0
      classes.add(byte)
      if Byte.isDigit(byte) {
        cost += isStart ? digitAtStart : Byte.isDigit(previous) ? anotherDigit : digitAfterLetter
        cost += Byte.isDigit(previous) && (byte == 0x30 || byte == previous) ? roundDigit : digit
        capitals = 0
      } else {
        let isCapital = byte < 0x61
        // Somebody leant on a key.
        let isThird = byte == previous && byte == beforeIt
        cost += isThird ? anotherLetter : costOfLetter(byte, after: isStart ? nil : previous, capitals: capitals)
        capitals = isCapital ? capitals + 1 : 0
      }
      beforeIt = previous
      previous = byte
    }
    return cost - bytes.count * max(classes.bits, isPart ? 21 : 0)
  }

  private static func costOfLetter(_ byte: UInt8, after previous: UInt8?, capitals: Int) -> Int {
    let letter = Byte.lower(byte) - 0x61
    let isCapital = byte < 0x61
    guard let previous else { return LetterPairs.first(letter) + (isCapital ? capitalAtStart : anotherDigit) }
    if Byte.isDigit(previous) { return letterAfterDigit + LetterPairs.first(letter) }
    let pair = LetterPairs.after(Byte.lower(previous) - 0x61, letter)
    if isCapital {
      return capitals > 0 ? min(pair, mostAfterCapital) + anotherCapital : capital + LetterPairs.first(letter)
    }
    return pair + (capitals > 1 ? endOfCapitals : anotherLetter)
  }
}

/// The classes of characters in a word.
struct Classes {
  private(set) var hasSmall = false
  private(set) var hasCapitals = false
  private(set) var hasDigits = false

  mutating func add(_ byte: UInt8) {
    if Byte.isDigit(byte) { hasDigits = true } else if byte < 0x61 { hasCapitals = true } else { hasSmall = true }
  }

  /// The logarithm of the size of the alphabet, in quarters of a bit.
  var bits: Int {
    switch (hasSmall && hasCapitals, hasDigits) {
    case (true, true): 24
    case (true, false): 23
    case (false, true): hasSmall || hasCapitals ? 21 : 13
    case (false, false): 19
    }
  }
}
