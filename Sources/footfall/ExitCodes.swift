import ArgumentParser
import Configuring
import Importing
import Reporting
import SaltVault
import Sealing
import Sending
import StatsStore

/// The exit codes of all commands. Scripts rely on them; they never change.
enum ExitCodes {
  /// Done, even if there was nothing new.
  static let done = ExitCode(0)
  /// Failed, nothing changed.
  static let failed = ExitCode(1)
  /// Done, but not with all input, or the operator should look at the result; docs/cli.md lists the cases.
  static let incomplete = ExitCode(2)
  /// A usage error (`EX_USAGE`).
  static let usage = ExitCode(64)
  /// An internal error, such as books that do not balance (`EX_SOFTWARE`).
  static let internalError = ExitCode(70)
  /// A disk error (`EX_IOERR`).
  static let inputOutput = ExitCode(74)
  /// Another writer holds the lock (`EX_TEMPFAIL`).
  static let tryAgain = ExitCode(75)

  /// Runs a use case, reports the error that it throws and turns it into an exit code.
  static func reporting(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as ExitCode {
      throw error
    } catch let error as ConfigFaults {
      Messages.problem(error.description)
      throw usage
    } catch let error as StoreError {
      Messages.problem(error.description)
      throw code(for: error)
    } catch let error as ImportFailure {
      Messages.problem(error.description)
      throw code(for: error)
    } catch let error as VaultError {
      Messages.problem(error.description)
      throw inputOutput
    } catch let error as FilterRefusal {
      Messages.problem(error.description)
      throw usage
    } catch let error as ReportRefusal {
      Messages.problem(error.description)
      throw usage
    } catch let error as ExportFailure {
      Messages.problem(error.description)
      throw failed
    } catch let error as SendFailure {
      Messages.problem(error.description)
      throw code(for: error)
    } catch let error as Refusal {
      Messages.problem(error.description)
      throw code(for: error)
    }
  }

  private static func code(for error: SendFailure) -> ExitCode {
    switch error {
    case .usage: usage
    case .refused: failed
    case .tryAgain: tryAgain
    case .inputOutput: inputOutput
    }
  }

  private static func code(for error: Refusal) -> ExitCode {
    switch error {
    case .usage: usage
    case .failed: failed
    }
  }

  private static func code(for error: StoreError) -> ExitCode {
    switch error {
    case .locked: tryAgain
    case .otherTimeZone, .hostTaken, .noSuchSite: usage
    case .database where error.isInputOutput: inputOutput
    case .booksDoNotBalance: internalError
    case .database, .notFootfall, .newer, .missing, .noCalendar: failed
    }
  }

  private static func code(for error: ImportFailure) -> ExitCode {
    switch error {
    case .usage: usage
    case .failed: failed
    case .inputOutput: inputOutput
    }
  }
}
