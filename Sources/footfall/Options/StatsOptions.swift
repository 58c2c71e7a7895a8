import ArgumentParser

/// Flags that mean the same in every command.
struct StatsOptions: ParsableArguments {
  @Option(name: .customLong("db"), help: ArgumentHelp("Database with the statistics.", valueName: "file"))
  var database = "footfall.db"

  @OptionGroup var config: ConfigOptions
}
