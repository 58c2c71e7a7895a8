import ArgumentParser

/// Flags that mean the same in every command.
struct StatsOptions: ParsableArguments {
  @Option(name: .customLong("db"), help: ArgumentHelp("The database of statistics.", valueName: "file"))
  var database = "footfall.db"

  @OptionGroup var config: ConfigOptions
}
