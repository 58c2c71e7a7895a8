import ArgumentParser
import Reporting
import SaltVault
import Sealing
import StatsStore

struct RedactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Apply the rules for names to what is stored already, sealed days included.",
    discussion: """
      Rules for names hold for new lines. This applies them to all statistics of the past, in one transaction, and \
      overwrites the old texts. Shows first what will change.

      Rows that get the same name are joined. Their page views, events, requests, bytes, bounces and seconds are added \
      up exactly. Open days are counted again from their hits, so they are exact, too. For sealed days, nobody knows \
      which visitors of two rows are the same: visitors, and visits of pages and events, are added up as well, but \
      never beyond those of the day.

      Examples:
        footfall redact --dry-run     # what would change
        footfall redact               # shows it, and asks
        footfall redact --yes --json
      """)

  @OptionGroup var stats: StatsOptions
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
      let redacting = try Redacting(
        Self.provisionalRenaming, store, try SaltVault(besideDatabase: stats.database))
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

extension RedactCommand {
  /// Provisional, and the only place that knows names: joins `/docs/`, `//docs` and `/docs/index.html` with `/docs`, and
  /// replaces mail addresses. The rules for names of new lines take its place.
  static var provisionalRenaming: Renaming {
    let value: Renaming.Name = { _, text in
      text.utf8.contains(UInt8(ascii: "@"))
        ? text.replacing(/[^\s@\/]+@[^\s@\/]+\.[^\s@\/]+/, with: ":email") : text
    }
    let page: Renaming.Name = { _, text in
      var parts = text.split(separator: "/")
      if let last = parts.last, ["index.html", "index.htm", "index.php"].contains(last) { parts.removeLast() }
      return "/" + parts.joined(separator: "/")
    }
    return Renaming(page: page, source: value, referrer: value, value: value)
  }
}
