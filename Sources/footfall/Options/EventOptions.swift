import ArgumentParser

/// The rules that make events of lines, for every command that counts logs.
struct EventOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Make an event of the lines a rule fits, as in 'POST /signup 303 -> Signup {plan: $query.plan}'; repeatable.",
      valueName: "rule"))
  var event: [String] = []
}
