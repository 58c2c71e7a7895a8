import ArgumentParser

/// Flags of all commands that write.
struct WriterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Wait so long for another command that writes; when the time is over, exit with 75.", valueName: "seconds"))
  var wait = 0.0

  func validate() throws {
    guard (0...31_536_000).contains(wait) else { throw ValidationError("--wait must be 0 to 31536000 seconds") }
  }
}

/// Flags of the commands that seal days by themselves.
struct SealOptions: ParsableArguments {
  @Option(
    name: .customLong("seal-after"),
    help: ArgumentHelp(
      "Seal a day so long after it is over and no lines came for it, for example 36h or 3d.",
      valueName: "duration"))
  var delay = Delay.usual
}
