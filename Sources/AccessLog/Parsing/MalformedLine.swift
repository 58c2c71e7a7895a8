/// Why a line does not match its format. This is a value, not an error: such lines are normal and are counted.
public enum MalformedLine: UInt8, CaseIterable, Sendable {
  /// The beginning or middle of a line that a container runtime split into parts. The line continues further down.
  case part
  /// Nothing but blanks.
  case empty
  /// A comment or a directive: it starts with `#`.
  case comment
  /// Longer than the reader's limit.
  case tooLong
  /// Nothing but NULs, as `copytruncate` leaves them, or a NUL where a field should be.
  case binary
  /// No client address at the start.
  case address
  /// No time in brackets, or a time that is not a date in the years 1970–2100.
  case time
  /// No quoted request after the time.
  case request
  /// Neither a status of three digits nor `-`.
  case status
  /// Neither a size in digits nor `-`.
  case size
  /// A quote that is never closed: the line is truncated.
  case quote
  /// The line ends before the format does.
  case fieldMissing
  /// The line continues after the format's end.
  case trailing
  /// A violation of the format's syntax: invalid JSON, a label without a value.
  case syntax
}
