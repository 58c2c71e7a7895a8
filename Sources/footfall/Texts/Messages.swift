import Foundation
import Reporting

/// What is said to people: everything on stderr, one line each, never a line of a log, an address or a user agent.
enum Messages {
  /// Reports a problem, or several, one a line.
  static func problem(_ text: String) {
    for line in text.split(separator: "\n") { say("footfall: " + line) }
  }

  /// Says something on stderr. Names of files and hosts may be in it that strangers gave, so nothing in it can move the
  /// cursor or turn the direction of writing.
  static func say(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((TerminalText.lines(text) + "\n").utf8))
  }

  /// Prints text for people on stdout, as harmless as what is said on stderr.
  static func output(_ text: String) {
    write(TerminalText.lines(text))
  }

  /// Prints what programs read on stdout: as it is, but harmless where a terminal shows it.
  static func data(_ text: String) {
    write(stdoutIsTerminal ? TerminalText.lines(text) : text)
  }

  /// Prints what was made for a terminal, colours and all, on stdout.
  static func styled(_ text: String) {
    write(text)
  }

  private static func write(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
  }

  /// Whether stderr is a terminal somebody may be looking at.
  static var stderrIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether somebody may be looking at stdout.
  static var stdoutIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether stdout is a terminal; colours are for terminals only, and not where `NO_COLOR` is set (no-color.org).
  static var wantsColour: Bool {
    stdoutIsTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  }

  /// The columns of the terminal on stdout; 80 where it is none.
  static var columns: Int {
    var size = winsize()
    let known = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return known ? Int(size.ws_col) : 80
  }

  /// Makes a reader that went away (`footfall report | head`) no error: the process ends with 0.
  static func dieQuietlyOnBrokenPipe() {
    signal(SIGPIPE) { _ in _exit(0) }
  }

  /// Makes a reader that went away an error, for commands whose output must arrive whole.
  static func reportBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
  }
}
