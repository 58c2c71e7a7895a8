/// Why a line is no line of its format. A value, not an exception: such lines are normal and are counted.
public enum MalformedLine: UInt8, CaseIterable, Sendable {
  /// The beginning or the middle of a line that a container runtime has cut into parts: it goes on further down.
  case part
  /// Nothing but blanks.
  case empty
  /// A comment or a directive: it starts with `#`.
  case comment
  /// Longer than the reader's bound.
  case tooLong
  /// Nothing but NULs, as `copytruncate` leaves them, or a NUL where a field should be.
  case binary
  /// No client address at the start.
  case address
  /// No time in brackets, or one that is no date of the years 1970–2100.
  case time
  /// No quoted request after the time.
  case request
  /// No status of three digits, nor `-`.
  case status
  /// No size in digits, nor `-`.
  case size
  /// A quote that is never closed: the line was cut.
  case quote
  /// The line ends before the format does.
  case fieldMissing
  /// The line goes on where the format ends.
  case trailing
  /// Not the syntax of the format: broken JSON, a label without a value.
  case syntax
}
