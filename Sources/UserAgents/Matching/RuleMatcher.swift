import CPCRE2

/// Runs the regular expressions of rules with PCRE2 and its just-in-time compiler:
/// <https://pcre.org/current/doc/html/>.
///
/// Expressions are compiled when first needed. Each thread has its own matcher, because the match data cannot be
/// shared. A match that takes more than a limited number of steps counts as no match, so that no agent can stall an
/// import.
@safe
final class RuleMatcher {
  private static let matchLimit: UInt32 = 20_000

  private let rules: [AgentRule]
  // Safe because codes, data and context are created here, used by this object alone and freed in deinit.
  private var codes: [OpaquePointer?]
  private let data: OpaquePointer
  private let context: OpaquePointer

  /// The number of groups that the last match set, including the whole match; 0 if there was no match.
  private var groups = 0

  init?(_ rules: [AgentRule]) {
    self.rules = rules
    unsafe codes = unsafe [OpaquePointer?](repeating: nil, count: rules.count)
    guard let data = unsafe pcre2_match_data_create_8(64, nil), let context = unsafe pcre2_match_context_create_8(nil)
    else { return nil }
    unsafe self.data = unsafe data
    unsafe self.context = unsafe context
    unsafe pcre2_set_match_limit_8(context, Self.matchLimit)
  }

  deinit {
    unsafe codes.forEach { unsafe pcre2_code_free_8($0) }
    unsafe pcre2_match_data_free_8(data)
    unsafe pcre2_match_context_free_8(context)
  }

  /// Whether a rule matches the agent. If so, ``group(_:)`` returns where.
  func matches(_ rule: Int, _ agent: Span<UInt8>) -> Bool {
    groups = 0
    guard let code = unsafe compiled(rule) else { return false }
    // Safe because the agent outlives the calls and its length is passed with it.
    let found = unsafe agent.withUnsafeBufferPointer {
      // This entry point skips checks of what never changes here. It fails if there is no compiled code.
      let found = unsafe pcre2_jit_match_8(code, $0.baseAddress, $0.count, 0, 0, data, context)
      guard found == PCRE2_ERROR_JIT_BADOPTION else { return found }
      return unsafe pcre2_match_8(code, $0.baseAddress, $0.count, 0, 0, data, context)
    }
    groups = max(0, Int(found))
    return groups > 0
  }

  /// Forgets the groups, because a rule was found to match without its expression.
  func forgetGroups() {
    groups = 0
  }

  /// Returns the range of a group of the last match; nil if it was not set.
  func group(_ number: Int) -> Range<Int>? {
    guard number < groups, let offsets = unsafe pcre2_get_ovector_pointer_8(data) else { return nil }
    // Safe because PCRE2 filled in as many pairs of offsets as it returned.
    let start = unsafe offsets[2 * number]
    return start == Int.max || start == -1 ? nil : start..<(unsafe offsets[2 * number + 1])
  }

  /// Whether PCRE2 accepts the rule's pattern as a regular expression.
  static func reads(_ rule: AgentRule) -> Bool {
    guard let code = unsafe code(of: rule) else { return false }
    // Safe because the code was created here and nothing else refers to it.
    unsafe pcre2_code_free_8(code)
    return true
  }

  private func compiled(_ rule: Int) -> OpaquePointer? {
    if let code = unsafe codes[rule] { return unsafe code }
    guard let code = unsafe Self.code(of: rules[rule]) else { return nil }
    _ = unsafe pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    unsafe codes[rule] = unsafe code
    return unsafe code
  }

  private static func code(of rule: AgentRule) -> OpaquePointer? {
    let pattern = Array(rule.pattern.utf8)
    var error: CInt = 0
    var offset = 0
    let options = rule.ignoresCase ? UInt32(PCRE2_CASELESS) : 0
    // Safe because the pattern outlives the call and its length is passed with it.
    return unsafe pattern.withUnsafeBufferPointer {
      unsafe pcre2_compile_8($0.baseAddress, $0.count, options, &error, &offset, nil)
    }
  }
}
