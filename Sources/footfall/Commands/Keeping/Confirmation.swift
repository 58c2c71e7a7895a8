import ArgumentParser
import Foundation

/// Asks before something is changed that cannot be brought back.
enum Confirmation {
  /// Shows what will change and asks; returns only if the answer is yes.
  ///
  /// - Throws: exit code 64 where nobody is there to be asked, 1 where the answer is no.
  static func ask(_ preview: String, question: String, isGiven: Bool) throws {
    if !isGiven || Messages.stderrIsTerminal { Messages.say(preview) }
    if isGiven { return }
    guard isatty(STDIN_FILENO) == 1, Messages.stderrIsTerminal else {
      Messages.problem("nobody is there to be asked, so nothing was changed; add --yes to do it")
      throw ExitCodes.usage
    }
    Messages.say(question + " [y/N]")
    guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
      Messages.say("nothing was changed")
      throw ExitCodes.failed
    }
  }
}
