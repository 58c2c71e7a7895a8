import ByteScanning

/// Finds the numbers of payment cards: 13 to 19 digits with the check digit of ISO/IEC 7812-1, in a range of a known
/// issuer, in one group or in those that are printed on cards.
///
/// EAN and ISBN have 13 digits as well, so thirteen digits with their check digit are none. In the name of a file, a
/// number is that of the file.
enum CardRule {
  static func find(in passage: inout Passage) {
    let end = FileNames.isAsset(passage) ? passage.segment(endingAt: passage.query).lowerBound : passage.query
    var index = 0
    while index < passage.count {
      guard Byte.isDigit(passage[index]) else {
        index += 1
        continue
      }
      let digits = Digits(passage, from: index, marks: 1) { passage[$0] == Byte.hyphen || passage.isSpace($0) }
      let isFile = (end..<passage.query).contains(index)
      if !isFile, !passage.isWord(index - 1), passage[index - 1] != Byte.dot, let last = lastGroup(of: digits),
        !passage.isWord(digits.ends[last])
      {
        passage.find(.card, index..<digits.ends[last])
        index = digits.ends[last]
      } else {
        index = digits.ends[0]
      }
    }
  }

  /// Returns the number of the group that ends a card's number; nil if no card begins here.
  private static func lastGroup(of digits: Digits) -> Int? {
    var count = 0
    for (group, size) in digits.groups.enumerated().prefix(5) {
      count += size
      let values = digits.values[..<count]
      let isPrinted = group == 0 || printed.contains(Array(digits.groups[...group]))
      if isPrinted, isCard(values) { return group }
    }
    return nil
  }

  private static let printed = [
    [4, 4, 4, 4], [4, 6, 5], [4, 6, 4], [4, 4, 4, 4, 3], [4, 4, 4, 4, 2], [4, 4, 4, 1],
  ]

  private static func isCard(_ values: ArraySlice<UInt8>) -> Bool {
    guard 13...19 ~= values.count, Digits.isLuhn(values), !(values.count == 13 && Digits.isGTIN(values)) else {
      return false
    }
    let prefix = values.prefix(6).reduce(0) { $0 * 10 + Int($1) }
    return issuers.contains { $0.prefixes.contains(prefix) && $0.lengths.contains(values.count) }
  }

  /// The first six digits, and the number of digits: the issuers' own pages, as summed up at
  /// <https://en.wikipedia.org/wiki/Payment_card_number>.
  private static let issuers: [(prefixes: ClosedRange<Int>, lengths: Set<Int>)] = [
    (400_000...499_999, [13, 16, 19]),  // Visa
    (510_000...559_999, [16]), (222_100...272_099, [16]),  // Mastercard
    (340_000...349_999, [15]), (370_000...379_999, [15]),  // American Express
    (601_100...601_199, [16, 19]), (644_000...659_999, [16, 19]),  // Discover, RuPay
    (300_000...305_999, [14, 16, 19]), (309_500...309_599, [14, 16, 19]),  // Diners Club
    (360_000...369_999, [14, 16, 19]), (380_000...399_999, [14, 16, 19]),  // Diners Club
    (352_800...358_999, [16, 17, 18, 19]),  // JCB
    (620_000...629_999, [16, 17, 18, 19]), (810_000...817_199, [16, 17, 18, 19]),  // UnionPay
    (220_000...220_499, [16, 17, 18, 19]),  // Mir
    (500_000...509_999, [16, 18, 19]), (560_000...589_999, [16, 18, 19]),  // Maestro, Verve
    (600_000...600_999, [16]), (603_000...609_999, [16]), (630_000...639_999, [16, 18, 19]),  // RuPay, Maestro
    (670_000...679_999, [16, 18, 19]), (979_200...979_299, [16]),  // Maestro, Troy
  ]
}
