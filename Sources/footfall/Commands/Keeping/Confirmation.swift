import ArgumentParser
import Foundation

/// Asks before a change that cannot be undone.
enum Confirmation {
  /// Shows what will change and asks; returns only if the answer is yes.
  ///
  /// - Throws: exit code 64 if there is no terminal to ask on, 1 if the answer is no.
  static func ask(_ preview: String, question: String, isGiven: Bool) throws {
    if !isGiven || Messages.stderrIsTerminal { Messages.say(preview) }
    if isGiven { return }
    guard isatty(STDIN_FILENO) == 1, Messages.stderrIsTerminal else {
      Messages.problem("no terminal to ask for confirmation, so nothing was changed; add --yes to confirm")
      throw ExitCodes.usage
    }
    Messages.say(question + " [y/N]")
    guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
      Messages.say("nothing was changed")
      throw ExitCodes.failed
    }
  }
}
