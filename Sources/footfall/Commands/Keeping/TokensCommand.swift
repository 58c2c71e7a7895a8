import ArgumentParser
import Foundation
import Hits
import Reporting
import StatsStore
import Tokens

struct TokensCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokens", abstract: "Create, list and revoke tokens for the collect API and the dashboard.",
    discussion: """
      Examples:
        (umask 077; footfall tokens create --ability collect:write --site example.com > collect.token)
        footfall tokens create --ability stats:read
        footfall tokens
        footfall tokens revoke 1
      """,
    subcommands: [Create.self, List.self, Revoke.self], defaultSubcommand: List.self)

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create", abstract: "Create a token and print it, once: only its hash is stored.")

    @Option(
      name: .customLong("ability"),
      help: ArgumentHelp("What the token allows; repeatable.", valueName: "ability"))
    var abilities: [Ability] = []

    @Option(help: ArgumentHelp("Limit the token to this site (default: all sites).", valueName: "host"))
    var site: String?

    @OptionGroup var stats: StatsOptions

    @OptionGroup var writer: WriterOptions

    func run() throws {
      try ExitCodes.reporting {
        guard !abilities.isEmpty else {
          Messages.problem("no ability given; add --ability collect:write, --ability stats:read, or both")
          throw ExitCodes.usage
        }
        let store = try StatsStore(existing: stats.database, wait: writer.wait)
        let token = AccessToken()
        let asked = Ability.allCases.filter { abilities.contains($0) }
        let id = try store.addToken(
          TokenHash(ofToken: token.text), abilities: asked, site: try site.map(store.site),
          now: Int64(Date().timeIntervalSince1970))
        Messages.say("footfall: token \(id) is shown only this once; anyone who has it can use it")
        Messages.output(token.text + "\n")
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the tokens and what they allow, but not their secrets.")

    @OptionGroup var stats: StatsOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
      try ExitCodes.reporting {
        let tokens = try StatsStore(path: stats.database, mode: .read).tokens()
        if json { return Messages.output(try JSONText.of(tokens.map(TokenJSON.init))) }
        for token in tokens { Messages.output(Self.line(TokenJSON(token))) }
      }
    }

    private static func line(_ token: TokenJSON) -> String {
      let use = token.last_used.map { "last used \($0)" } ?? "never used"
      let abilities = token.abilities.joined(separator: ",")
      return "\(token.id)  \(abilities)  \(token.site ?? "all sites")  created \(token.created)  \(use)\n"
    }
  }

  struct Revoke: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke", abstract: "Revoke a token: it allows nothing from now on.")

    @Argument(help: ArgumentHelp("Number of the token, as in the list.", valueName: "id"))
    var id: Int64

    @OptionGroup var stats: StatsOptions

    @OptionGroup var writer: WriterOptions

    func run() throws {
      try ExitCodes.reporting {
        guard try StatsStore(existing: stats.database, wait: writer.wait).revokeToken(id) else {
          Messages.problem("no token \(id); footfall tokens lists them")
          throw ExitCodes.usage
        }
      }
    }
  }
}

extension Ability: ExpressibleByArgument {}

private struct TokenJSON: Encodable {
  var id: Int64
  var abilities: [String]
  var site: String?
  var created: String
  var last_used: String?

  init(_ token: StoredToken) {
    id = token.id
    abilities = token.abilities.map(\.rawValue)
    site = token.site?.host
    created = DayName.name(Int32(clamping: token.createdAt / 86_400))
    last_used = token.lastUsedOn.map(DayName.name)
  }
}
