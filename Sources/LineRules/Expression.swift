import CPCRE2

/// A regular expression of a rule, run by PCRE2: <https://pcre.org/current/doc/html/>.
///
/// Each thread has its own, because the match data cannot be shared. Works on bytes, because logs may contain
/// invalid UTF-8. A match that takes more than a limited number of steps counts as no match, so that no line can
/// stall an import.
@safe
final class Expression {
  private static let matchLimit: UInt32 = 100_000

  // Safe because code, data and context are created here, used by this object alone and freed in deinit.
  private let code: OpaquePointer
  private let data: OpaquePointer
  private let context: OpaquePointer

  /// Compiles an expression.
  ///
  /// - Throws: ``RuleMistake`` with PCRE2's message and the position of the error.
  init(_ pattern: String, ignoresCase: Bool) throws(RuleMistake) {
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
    guard let data = unsafe pcre2_match_data_create_8(1, nil), let context = unsafe pcre2_match_context_create_8(nil)
    else {
      unsafe pcre2_code_free_8(code)
      throw RuleMistake("not enough memory for '/\(pattern)/'")
    }
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
  func matches(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    // Safe because the bytes outlive the call and the length of the part is passed with it.
    let found = unsafe bytes.extracting(range).withUnsafeBufferPointer {
      unsafe pcre2_match_8(code, $0.baseAddress, $0.count, 0, 0, data, context)
    }
    // 0 means that it matched and there was no room for its groups.
    return found >= 0
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
