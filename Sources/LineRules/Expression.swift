import CPCRE2

/// A regular expression of a rule, run by PCRE2: <https://pcre.org/current/doc/html/>.
///
/// Each thread has its own, because the match data cannot be shared. Works on bytes, because logs may contain
/// invalid UTF-8. A match that takes more than a limited number of steps counts as no match, so that no line can
/// stall an import.
@safe
public final class Expression {
  private static let matchLimit: UInt32 = 100_000

  // Safe because code, data and context are created here, used by this object alone and freed in deinit.
  private let code: OpaquePointer
  private let data: OpaquePointer
  private let context: OpaquePointer
  /// The number of groups that capture something.
  public let groups: Int

  /// Compiles an expression.
  ///
  /// - Throws: ``RuleMistake`` with PCRE2's message and the position of the error.
  public init(_ pattern: String, ignoresCase: Bool) throws(RuleMistake) {
    let bytes = Array(pattern.utf8)
    var error: CInt = 0
    var offset = 0
    // Safe because the pattern outlives the call and its length is passed with it.
    let compiled = unsafe bytes.withUnsafeBufferPointer {
      unsafe pcre2_compile_8(
        $0.baseAddress, $0.count, ignoresCase ? UInt32(PCRE2_CASELESS) : 0, &error, &offset, nil)
    }
    guard let code = unsafe compiled else {
      throw RuleMistake(
        "'/\(pattern)/' is not a valid regular expression: \(Self.message(error)) at character \(offset + 1)")
    }
    guard let data = unsafe pcre2_match_data_create_from_pattern_8(code, nil),
      let context = unsafe pcre2_match_context_create_8(nil)
    else {
      unsafe pcre2_code_free_8(code)
      throw RuleMistake("not enough memory for '/\(pattern)/'")
    }
    var groups: UInt32 = 0
    // Safe because PCRE2 writes one number of this type for this question.
    _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
    self.groups = Int(groups)
    _ = unsafe pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    unsafe pcre2_set_match_limit_8(context, Self.matchLimit)
    unsafe self.code = code
    unsafe self.data = data
    unsafe self.context = context
  }

  deinit {
    unsafe pcre2_code_free_8(code)
    unsafe pcre2_match_data_free_8(data)
    unsafe pcre2_match_context_free_8(context)
  }

  /// Whether the expression matches somewhere in the bytes of `range`.
  public func matches(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    // Safe because the bytes outlive the call and the length of the part is passed with it.
    let found = unsafe bytes.extracting(range).withUnsafeBufferPointer {
      unsafe pcre2_match_8(code, $0.baseAddress, $0.count, 0, 0, data, context)
    }
    return found >= 0
  }

  /// Returns the place of the first match in `range`, and then those of its groups; a group that took no part is empty. An
  /// empty array means that nothing matches.
  public func captures(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [Range<Int>] {
    guard matches(bytes, range), let offsets = unsafe pcre2_get_ovector_pointer_8(data) else { return [] }
    // Safe because the match data, which is that of the last match, has two offsets for the match and for each group.
    return (0...groups).map { group in
      let (start, end) = unsafe (offsets[group * 2], offsets[group * 2 + 1])
      // A group that took no part has the largest number (PCRE2_UNSET); \K can put a start behind its end.
      guard start <= end, end <= range.count else { return range.lowerBound..<range.lowerBound }
      return range.lowerBound + start..<range.lowerBound + end
    }
  }

  private static func message(_ error: CInt) -> String {
    var text = [UInt8](repeating: 0, count: 256)
    // Safe because the buffer has the given length. PCRE2 ends the text with NUL.
    let count = unsafe text.withUnsafeMutableBufferPointer {
      unsafe pcre2_get_error_message_8(error, $0.baseAddress, $0.count)
    }
    return String(decoding: text.prefix(max(0, Int(count))), as: UTF8.self)
  }
}
