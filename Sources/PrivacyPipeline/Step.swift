import Collecting
import Hits

/// One step of the privacy pipeline: it adds a clean fact to the draft, or drops the request.
///
/// Steps named `Put…` add facts, steps named `Drop…` drop requests. Steps read address and user agent from the request;
/// whatever they write into the draft and the batch is clean.
protocol Step {
  /// Applies the step.
  ///
  /// - Throws: what the adapter behind the step throws (the salt vault).
  mutating func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) throws -> Verdict
}

/// The verdict of a step on a request.
enum Verdict: Equatable {
  /// The request continues to the next step.
  case keep
  /// The request ends here, with this outcome.
  case drop(Outcome)
}

/// The clean facts of a request that the steps have found so far.
struct Draft {
  /// The index of the site in the pipeline's directory.
  var site = 0
  /// The local day and the second in it.
  var moment = LocalMoment(day: 0, second: 0, isSealed: false)
  /// The number of the client in the cache of clients, if it was looked up.
  var clientNumber: Int?
  /// The ranges of the parts of the url in the request.
  var target = RequestTarget.Parts()
  /// The robot that sent it, if it was one.
  var robot: JudgedRobot?
  /// Whether that robot is a feed reader of one person.
  var readsFeeds = false
  /// The number of browser, system and device among the texts of the cache of agents.
  var knownClient: UInt32 = 0
  /// The number of the place among the cached places; ``ClientCache/Entry/noPlace`` if it was not looked up.
  var knownPlace = ClientCache.Entry.noPlace
  var visitor = VisitorID(rawValue: 0)
  var page: UInt32 = 0
  var client: UInt32 = 0
  var place: UInt32 = 0
  var acquisition: UInt32 = 0
  var event: UInt32 = 0
  var traits: HitTraits = []
}

/// The caches of a pipeline, which save judging the same user agent and hashing the same visitor again. They are in memory
/// only and end with the pipeline.
struct PipelineCaches {
  var agents: AgentCache
  var clients = ClientCache()
  /// Name, operator, class and identity of robots.
  var robots = BatchTexts(limit: 16_384)
  /// The places that addresses were found at.
  var places = BatchTexts(limit: 32_768)
  /// The names of pages.
  var pages: PageCache
  /// The number of the current batch; symbols of earlier batches are invalid.
  var batch: UInt32 = 0

  /// Starts a batch and clears the caches that are full, together with those that refer to them.
  mutating func startBatch() {
    batch += 1
    pages.startBatch()
    let forgetsAgents = agents.isFull
    let forgetsPlaces = places.isFull
    let forgetsRobots = robots.isFull
    if forgetsAgents { agents.removeAll() }
    if forgetsPlaces { places.removeAll() }
    if forgetsRobots {
      robots.removeAll()
      agents.removeJudged()
    }
    if forgetsAgents || forgetsPlaces || forgetsRobots || clients.isFull { clients.removeAll() }
  }

  /// Returns the symbol of a page, and what is known of its path (``PageCache/page(_:_:query:ofSite:in:number:)``).
  mutating func page(
    _ bytes: Span<UInt8>, _ path: Range<Int>, query: Span<UInt8>, ofSite site: Int, in batch: inout HitBatch
  ) -> (symbol: UInt32, path: KnownPath) {
    pages.page(bytes, path, query: query, ofSite: site, in: &batch, number: self.batch)
  }
}
