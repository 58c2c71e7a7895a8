import Foundation

/// The binomial distribution.
enum Binomial {
  /// Returns the chance that at most `most` of `count` independent trials succeed, each with this chance; 1 if more than the
  /// mean may succeed, since nobody asks for the exact chance then.
  static func chance(ofAtMost most: Int, of count: Int, each chance: Double) -> Double {
    guard Double(most) < Double(count) * chance else { return 1 }
    guard chance < 1 else { return 0 }
    let (n, k) = (Double(count), Double(most))
    let ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    var term = exp(ways + k * log(chance) + (n - k) * log(1 - chance))
    var sum = 0.0
    var successes = k
    // From the last term down, because below the mean each is smaller than the one before.
    while successes >= 0, term > sum * 1e-16 {
      sum += term
      term *= successes / (n - successes + 1) * (1 - chance) / chance
      successes -= 1
    }
    return min(sum, 1)
  }
}
