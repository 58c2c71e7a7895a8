import Foundation
import Reporting

/// The output of all commands. Messages go to stderr, one per line, and never contain a log line, an address or a user
/// agent.
enum Messages {
  /// Reports a problem, or several, one per line.
  static func problem(_ text: String) {
    for line in text.split(separator: "\n") { say("footfall: " + line) }
  }

  /// Prints a message on stderr. Strangers may have chosen the names of files and hosts in it, so characters that move
  /// the cursor or change the writing direction are replaced.
  static func say(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((TerminalText.lines(text) + "\n").utf8))
  }

  /// Prints text for people on stdout, with the same replacements as on stderr.
  static func output(_ text: String) {
    write(TerminalText.lines(text))
  }

  /// Prints text for programs on stdout: unchanged, but with the same replacements if stdout is a terminal.
  static func data(_ text: String) {
    write(stdoutIsTerminal ? TerminalText.lines(text) : text)
  }

  /// Prints text made for a terminal, colours included, on stdout.
  static func styled(_ text: String) {
    write(text)
  }

  private static func write(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
  }

  /// Whether stderr is a terminal.
  static var stderrIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether stdout is a terminal.
  static var stdoutIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether to use colours: only on a terminal, and not if `NO_COLOR` is set (no-color.org).
  static var wantsColour: Bool {
    stdoutIsTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  }

  /// The width of the terminal on stdout, in columns; 80 if stdout is not a terminal.
  static var columns: Int {
    var size = winsize()
    let known = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return known ? Int(size.ws_col) : 80
  }

  /// Makes the process end with 0 if the reader of its output goes away (`footfall report | head`).
  static func dieQuietlyOnBrokenPipe() {
    signal(SIGPIPE) { _ in _exit(0) }
  }

  /// Makes it an error if the reader of the output goes away, for commands whose output must arrive whole.
  static func reportBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
  }
}
