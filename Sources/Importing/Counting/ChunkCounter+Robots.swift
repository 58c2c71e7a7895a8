import AccessLog
import Collecting
import Hits
import LineRules
import PrivacyPipeline

// Robots come first: whatever a robot asked for and was answered, its line ends as a robot's.
extension ChunkCounter {
  /// Returns the robot that sent the current line; nil if a person did, who is then the current client.
  mutating func robot(
    at place: SiteMoment, _ bytes: Span<UInt8>, _ result: inout ChunkResult
  ) throws -> JudgedRobot? {
    client = nil
    let robot = try findRobot(at: place, bytes, &result)
    if trace != nil {
      fillClient(bytes)
      pipeline.noteRobot(robot, by: request)
    }
    return robot
  }

  private mutating func findRobot(
    at place: SiteMoment, _ bytes: Span<UInt8>, _ result: inout ChunkResult
  ) throws -> JudgedRobot? {
    if !line.signatureAgent.isEmpty, let robot = pipeline.robot(signingAs: bytes, line.signatureAgent) { return robot }
    if line.lacksAgent, reading.missingAgent == .robot { return pipeline.robotWithoutAgent() }
    // Whoever counts the converted requests recognises the other robots.
    if converter != nil { return nil }
    // Who asks not to be tracked gets no visitor.
    if line.asksNotToBeTracked {
      fillClient(bytes)
      return pipeline.robot(sending: request)
    }
    let client = pipeline.client(clientHash, at: place)
    if pipeline.isNew(client) {
      fillClient(bytes)
      try pipeline.judge(client, by: request, at: place, into: &result.batch)
    }
    self.client = client
    return pipeline.robot(client)
  }

  /// Makes a request of the line's address and user agent alone.
  private mutating func fillClient(_ bytes: Span<UInt8>) {
    request.removeAll()
    request.set(.ip, bytes, line.address)
    copyAgent(bytes)
  }

  /// Records what a robot fetched and what it was answered.
  mutating func note(
    _ robot: JudgedRobot, at place: SiteMoment, _ bytes: Span<UInt8>, _ result: inout ChunkResult
  ) {
    request.removeAll()
    request.set(.url) { line.appendURL(bytes, to: &$0) }
    let isPage = hasFilter(place.site) && filters[place.site]?.isPageview(bytes, line.ruledFields) ?? false
    pipeline.note(
      robot, sending: request, isFetch: FetchedThingReader.isFetch(bytes, method: line.method),
      isAsset: !isPage && classifiers[place.site].assetClass(bytes, line.target) != nil,
      answer: AnswerKind(status: line.status), bytes: line.size, at: place, line: Int32(result.outcomes.count),
      into: &result.batch)
  }
}
