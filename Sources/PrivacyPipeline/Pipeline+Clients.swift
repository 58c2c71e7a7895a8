import Collecting
import Hits

// Clients of lines that are not hits. Such a line leaves only a signal of its visitor's behaviour.
extension Pipeline {
  /// Returns the keyed hash of the client with this address and user agent, as logged.
  public func hash(_ bytes: Span<UInt8>, address: Range<Int>, agent: Range<Int>) -> ClientHash {
    caches.clients.hasher.hash(bytes, address: address, agent: agent)
  }

  /// Prefetches the cache entries of the clients of the next lines. Changes nothing.
  public mutating func expect(_ clients: Span<ClientHash>) {
    caches.clients.expect(clients)
  }

  /// Returns the number of a client on the site's day. It is valid until the next call.
  public mutating func client(_ client: ClientHash, at place: SiteMoment) -> Int {
    caches.clients.number(of: client, site: place.site, day: place.moment.day)
  }

  /// Whether a client has not been judged yet, so that its request must have its user agent.
  public func isNew(_ client: Int) -> Bool {
    caches.clients[client].kind == .new
  }

  /// Decides whether a client is a robot or a visitor.
  ///
  /// - Parameter request: any request of the client; only its address and user agent matter.
  /// - Throws: what the salt source throws.
  public mutating func judge(
    _ client: Int, by request: borrowing CollectRequest, at place: SiteMoment,
    into batch: inout HitBatch
  ) throws {
    var draft = Draft()
    draft.site = place.site
    draft.moment = place.moment
    try identify(client, request, &draft, &batch)
  }

  /// Returns the visitor that a client is, once the client has been judged; nil if it is a robot.
  public func visitor(_ client: Int) -> VisitorID? {
    caches.clients[client].kind == .person ? caches.clients[client].visitor : nil
  }

  /// Records a signal of a client that has been judged, unless it is a robot.
  ///
  /// - Parameter line: the index of the line within its chunk.
  public mutating func note(
    _ signal: Signal, of client: Int, at place: SiteMoment, line: Int32,
    into batch: inout HitBatch
  ) {
    guard caches.clients[client].kind == .person else { return }
    if caches.clients[client].batch != caches.batch {
      caches.clients[client].batch = caches.batch
      caches.clients[client].index = UInt32(batch.noted.count)
      batch.noted.append(
        VisitorDay(
          visitor: caches.clients[client].visitor, site: findSite.sites.profiles[place.site].id, day: place.moment.day))
    }
    batch.notes.append(SignalNote(line: line, visitor: caches.clients[client].index, signal: signal))
  }
}
