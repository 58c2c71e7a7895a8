import CPCRE2

/// Runs the regular expressions of rules by PCRE2 with its just-in-time compiler: <https://pcre.org/current/doc/html/>.
///
/// Expressions are compiled when first needed. One per thread: the match data are not shared. A match that takes more than
/// a bounded number of steps counts as none, so that no agent can stall an import.
@safe
final class RuleMatcher {
  private static let matchLimit: UInt32 = 20_000

  private let rules: [AgentRule]
  // Safe because codes, data and context are made here, used by this object alone and freed in deinit.
  private var codes: [OpaquePointer?]
  private let data: OpaquePointer
  private let context: OpaquePointer

  /// How many groups the last match set, the whole match among them; 0 where it was none.
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

  /// Whether a rule matches the agent; then ``group(_:)`` tells where.
  func matches(_ rule: Int, _ agent: Span<UInt8>) -> Bool {
    groups = 0
    guard let code = unsafe compiled(rule) else { return false }
    // Safe because the agent lives until the calls are over and its length goes with it.
    let found = unsafe agent.withUnsafeBufferPointer {
      // The way past the checks of what never changes here; it is refused where there is no compiled code.
      let found = unsafe pcre2_jit_match_8(code, $0.baseAddress, $0.count, 0, 0, data, context)
      guard found == PCRE2_ERROR_JIT_BADOPTION else { return found }
      return unsafe pcre2_match_8(code, $0.baseAddress, $0.count, 0, 0, data, context)
    }
    groups = max(0, Int(found))
    return groups > 0
  }

  /// Notes that a rule was found to match otherwise, so that no groups are known.
  func forgetGroups() {
    groups = 0
  }

  /// Where a group of the last match lies; nil where it was not set.
  func group(_ number: Int) -> Range<Int>? {
    guard number < groups, let offsets = unsafe pcre2_get_ovector_pointer_8(data) else { return nil }
    // Safe because PCRE2 filled in as many pairs of offsets as it returned.
    let start = unsafe offsets[2 * number]
    return start == Int.max || start == -1 ? nil : start..<(unsafe offsets[2 * number + 1])
  }

  /// Whether PCRE2 reads the rule's pattern as a regular expression.
  static func reads(_ rule: AgentRule) -> Bool {
    guard let code = unsafe code(of: rule) else { return false }
    // Safe because the code was made here and nobody else has it.
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
    // Safe because the pattern lives until the call is over and its length goes with it.
    return unsafe pattern.withUnsafeBufferPointer {
      unsafe pcre2_compile_8($0.baseAddress, $0.count, options, &error, &offset, nil)
    }
  }
}
