/// Hands out the secret of each day. Whoever keeps it must destroy it when the day is sealed.
public protocol SaltSource: Sendable {
  /// The 32 random bytes of a day (days since 1970-01-01), made and kept safe at first use.
  ///
  /// - Throws: where the secret cannot be read or kept.
  func salt(forDay day: Int32) throws -> [UInt8]
}

/// The salts of the days a pipeline has met, so that the vault is asked once a day.
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
