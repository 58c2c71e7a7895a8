import Collecting
import Hits

/// One stage of the privacy pipeline: it adds a clean fact to the draft or ends the request's way.
///
/// Steps named `Put…` add, steps named `Drop…` end. What a step needs of the address or the agent it reads from the
/// request; what it leaves behind in the draft and the batch is clean.
protocol Step {
  /// Applies the step.
  ///
  /// - Throws: what the outside thing behind the step throws (the salt vault).
  mutating func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with memory: inout PipelineCaches,
    in batch: inout HitBatch
  ) throws -> Verdict
}

/// What a step says of a request.
enum Verdict: Equatable {
  /// The request goes on to the next step.
  case keep
  /// The request ends here, with this outcome.
  case drop(Outcome)
}

/// The clean facts of a request, as the steps have found them so far.
struct Draft {
  /// The index of the site in the pipeline's directory.
  var site = 0
  /// The local day and the second in it.
  var moment = LocalMoment(day: 0, second: 0, isSealed: false)
  /// The number of the client among the known clients, where it was looked up.
  var clientNumber: Int?
  /// Where the parts of the url lie in the request.
  var target = RequestTarget.Parts()
  /// What kind of robot sent it, where its agent tells.
  var robot: BotClass?
  /// The number of browser, system and device among the texts of agents.
  var knownClient: UInt32 = 0
  /// The number of the place among the texts of places; ``ClientCache/Entry/noPlace`` where it was not looked up.
  var knownPlace = ClientCache.Entry.noPlace
  var visitor = VisitorID(rawValue: 0)
  var page: UInt32 = 0
  var client: UInt32 = 0
  var place: UInt32 = 0
  var acquisition: UInt32 = 0
  var event: UInt32 = 0
}

/// What a pipeline remembers from line to line: it saves the work of judging the same agent and hashing the same visitor
/// again, lives in memory only and ends with it.
struct PipelineCaches {
  var agents: AgentCache
  var clients = ClientCache()
  /// Where addresses lead to.
  var places = BatchTexts(limit: 32_768)
  /// The number of the batch at hand; symbols of earlier batches are void.
  var batch: UInt32 = 0

  /// Starts a batch and forgets what has grown to its bound, and with it all that points to it.
  mutating func startBatch() {
    batch += 1
    let forgetsAgents = agents.isFull
    let forgetsPlaces = places.isFull
    if forgetsAgents { agents.removeAll() }
    if forgetsPlaces { places.removeAll() }
    if forgetsAgents || forgetsPlaces || clients.isFull { clients.removeAll() }
  }
}
