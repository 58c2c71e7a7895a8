/// The binomial distribution.
enum Binomial {
  /// Returns the chance that at most `most` of `count` independent trials succeed, each with this chance; 1 if more than the
  /// mean may succeed, since nobody asks for the exact chance then.
  static func chance(ofAtMost most: Int, of count: Int, each chance: Double) -> Double {
    guard Double(most) < Double(count) * chance else { return 1 }
    guard chance < 1 else { return 0 }
    // The chance of exactly `most` successes: (1 - chance)^(count - most), then one factor for each success.
    var product = Scaled.power(of: 1 - chance, count - most)
    for success in 0..<most { product.multiply(Double(count - success) / Double(success + 1) * chance) }
    var term = product.value
    var sum = 0.0
    var successes = most
    // From the last term down, because below the mean each is smaller than the one before.
    while successes >= 0, term > sum * 1e-16 {
      sum += term
      term *= Double(successes) / Double(count - successes + 1) * (1 - chance) / chance
      successes -= 1
    }
    return min(sum, 1)
  }
}

/// A positive number with an exponent of any size: the factors of a tiny chance may be far smaller than a `Double` can be.
private struct Scaled {
  private var significand = 1.0
  private var exponent = 0

  mutating func multiply(_ factor: Double) {
    let product = significand * factor
    significand = product.significand
    exponent += Int(product.exponent)
  }

  private mutating func multiply(_ factor: Scaled) {
    multiply(factor.significand)
    exponent += factor.exponent
  }

  static func power(of base: Double, _ count: Int) -> Scaled {
    var (result, square, rest) = (Scaled(), Scaled(), count)
    square.multiply(base)
    while rest > 0 {
      if rest & 1 == 1 { result.multiply(square) }
      square.multiply(square)
      rest >>= 1
    }
    return result
  }

  /// The number; 0 if it is too small.
  var value: Double { exponent < -1_000 ? 0 : Double(sign: .plus, exponent: exponent, significand: significand) }
}
