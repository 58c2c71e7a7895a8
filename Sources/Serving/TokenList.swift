import StatsStore
import Synchronization
import Tokens

/// The tokens of the database, reread at most once a second; a revoked token may work for that long.
final class TokenList: Sendable {
  private struct State: ~Copyable {
    var store: StatsStore
    var version: Int?
    var lookedAt: ContinuousClock.Instant?
    var tokens: [StoredToken] = []
    /// The ids of tokens whose use is not recorded yet.
    var used: Set<Int64> = []
  }

  private let state: Mutex<State>

  /// - Throws: ``StoreError``.
  init(database: String) throws {
    state = Mutex(State(store: try StatsStore(path: database, mode: .read)))
  }

  /// Returns the stored token for a text; nil if there is none.
  ///
  /// - Throws: ``StoreError``.
  func token(_ text: String) throws -> StoredToken? {
    guard text.utf8.count == AccessToken.length else { return nil }
    let hash = TokenHash(ofToken: text)
    return try state.withLock { state in
      try Self.refresh(&state)
      var found: StoredToken?
      // Compares all of them, so that the time does not reveal which one matches.
      for token in state.tokens where token.hash.matches(hash) { found = token }
      if let found { state.used.insert(found.id) }
      return found
    }
  }

  /// Returns the ids of tokens used since the last call, without those whose use is recorded for today.
  func takeUsed(today: Int32) -> Set<Int64> {
    state.withLock { state in
      let noted = Set(state.tokens.filter { $0.lastUsedOn == today }.map(\.id))
      let used = state.used.subtracting(noted)
      state.used = []
      return used
    }
  }

  private static func refresh(_ state: inout State) throws {
    let now = ContinuousClock.now
    if let lookedAt = state.lookedAt, now - lookedAt < .seconds(1) { return }
    let version = try state.store.dataVersion()
    if version != state.version { state.tokens = try state.store.tokens() }
    (state.version, state.lookedAt) = (version, now)
  }
}
