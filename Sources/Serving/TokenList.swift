import StatsStore
import Synchronization
import Tokens

/// The tokens of the database, read again at most once a second: so long a revoked one may still work.
final class TokenList: Sendable {
  private struct State: ~Copyable {
    var store: StatsStore
    var version: Int?
    var lookedAt: ContinuousClock.Instant?
    var tokens: [StoredToken] = []
    /// The numbers of tokens used today that are not noted yet.
    var used: Set<Int64> = []
  }

  private let state: Mutex<State>

  /// - Throws: ``StoreError``.
  init(database: String) throws {
    state = Mutex(State(store: try StatsStore(path: database, mode: .read)))
  }

  /// The token that somebody presents; nil where there is none such.
  ///
  /// - Throws: ``StoreError``.
  func token(_ text: String) throws -> StoredToken? {
    guard text.utf8.count == AccessToken.length else { return nil }
    let hash = TokenHash(ofToken: text)
    return try state.withLock { state in
      try Self.refresh(&state)
      var found: StoredToken?
      // All of them, so that the time tells nothing of which it is.
      for token in state.tokens where token.hash.matches(hash) { found = token }
      if let found { state.used.insert(found.id) }
      return found
    }
  }

  /// The tokens used since this was last asked, where that is not noted for today.
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
