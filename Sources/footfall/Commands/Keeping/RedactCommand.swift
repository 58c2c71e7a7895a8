import ArgumentParser
import Importing
import Reporting
import SaltVault
import Sealing
import StatsStore

struct RedactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Apply redaction and the rules for pages to what is stored already, sealed days included.",
    discussion: """
      Redaction and the rules that name pages hold for new lines. This applies them to all statistics of the past, in \
      one transaction, and overwrites the old texts. Shows first what will change. The rules are those of the flags and \
      of the configuration file; footfall paths shows what they do to a log.

      Rows that get the same name are joined. Their page views, events, requests, bytes, bounces and seconds are added \
      up exactly. Open days are counted again from their hits, so they are exact, too. For sealed days, nobody knows \
      which visitors of two rows are the same: visitors, and visits of pages and events, are added up as well, but \
      never beyond those of the day.

      Examples:
        footfall redact --dry-run     # what would change
        footfall redact               # shows it, and asks
        footfall redact --path '/user/* -> /user/:name'
        footfall redact --yes --json
      """)

  @OptionGroup var stats: StatsOptions
  @OptionGroup var pages: PageOptions
  @OptionGroup var writer: WriterOptions

  @Flag(help: "Show what would change, and change nothing.")
  var dryRun = false

  @Flag(help: "Do not ask for confirmation.")
  var yes = false

  @Flag(help: "Print what has changed, or would change, as JSON.")
  var json = false

  func run() throws {
    try ExitCodes.reporting {
      let store = try StatsStore(existing: stats.database, wait: writer.wait)
      let naming = StoredNaming(try pages.naming(try stats.config.sites()), try store.sites())
      let redacting = try Redacting(naming.renaming, store, try SaltVault(besideDatabase: stats.database))
      if dryRun { return try show(redacting.effect()) }
      // Looking at everything first takes half as long as doing it.
      if !yes {
        let effect = try redacting.effect()
        guard !effect.isEmpty else { return try show(effect) }
        try Confirmation.ask(
          RenamedTextsText.text(effect), question: "rename these texts for good?", isGiven: false)
      }
      let (effect, isSwept) = try redacting.run()
      try show(effect)
      if !isSwept { Messages.problem(Redacting.heldUp) }
    }
  }

  private func show(_ effect: RenamedTexts) throws {
    if json { return Messages.output(try JSONText.of(RenamedTextsJSON(effect, isDryRun: dryRun))) }
    guard !effect.isEmpty else { return Messages.output("nothing to rename\n") }
    Messages.output((dryRun ? "would rename\n" : "renamed\n") + RenamedTextsText.text(effect) + "\n")
  }
}
