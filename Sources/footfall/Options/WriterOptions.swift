import ArgumentParser

/// Flags of all commands that change the database.
struct WriterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Wait this long for another command that is writing, then exit with 75.", valueName: "seconds"))
  var wait = 0.0

  func validate() throws {
    guard (0...31_536_000).contains(wait) else { throw ValidationError("--wait must be 0 to 31536000 seconds") }
  }
}

/// Flags of the commands that seal days automatically.
struct SealOptions: ParsableArguments {
  @Option(
    name: .customLong("seal-after"),
    help: ArgumentHelp(
      "Seal a day once it has been over and without new lines for this long, such as 36h or 3d.",
      valueName: "duration"))
  var delay = Delay.usual
}
