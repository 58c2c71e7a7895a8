import ArgumentParser

/// The rules that turn lines into events, for every command that reads logs.
struct EventOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Count matching lines as events, as in 'POST /signup 303 -> Signup {plan: $query.plan}'; repeatable.",
      valueName: "rule"))
  var event: [String] = []
}
