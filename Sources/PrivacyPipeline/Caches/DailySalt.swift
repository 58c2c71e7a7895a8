/// Provides the salt of each day. The code that stores a salt must destroy it when the day is sealed.
public protocol SaltSource: Sendable {
  /// Returns the 32 random bytes of a day (days since 1970-01-01), which are created and stored safely at first use.
  ///
  /// - Throws: if the salt cannot be read or stored.
  func salt(forDay day: Int32) throws -> [UInt8]
}

/// The salts of the days that a pipeline has seen, so that the vault is asked only once per day.
struct DailySalt {
  private let source: any SaltSource
  private var salts: [Int32: [UInt8]] = [:]

  init(source: any SaltSource) {
    self.source = source
  }

  mutating func salt(forDay day: Int32) throws -> [UInt8] {
    if let salt = salts[day] { return salt }
    let salt = try source.salt(forDay: day)
    salts[day] = salt
    return salt
  }
}
