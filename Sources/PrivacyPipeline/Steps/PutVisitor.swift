import ByteScanning
import Collecting
import Crypto
import Hits

/// Gives the visitor an id that is valid for one site and one day, and identifies nobody once the salt is destroyed.
struct PutVisitor: Step {
  private var siteIDs: [UInt32]
  private var salts: DailySalt
  private var address = ClientAddress()
  /// The bytes to hash. The first part, salt and site, is reused from one visitor to the next.
  private var message: [UInt8] = []
  private var lengthOfStart = 0
  private var start: (site: UInt32, day: Int32)?

  init(salts: any SaltSource, siteIDs: [UInt32]) {
    self.salts = DailySalt(source: salts)
    self.siteIDs = siteIDs
  }

  /// Adds a site that was created in the meantime.
  mutating func add(siteID: UInt32) {
    siteIDs.append(siteID)
  }

  mutating func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) throws -> Verdict {
    draft.visitor = try identity(of: request, siteIDs[draft.site], draft.moment.day)
    return .keep
  }

  /// Returns the first 64 bits, big-endian, of SHA-256(salt ‖ site ‖ length of the address ‖ address ‖ agent).
  private mutating func identity(
    of request: borrowing CollectRequest, _ site: UInt32, _ day: Int32
  ) throws -> VisitorID {
    let bytes = request.bytes.span
    try startMessage(site, day)
    address.read(bytes, request[.ip])
    message.append(UInt8(truncatingIfNeeded: address.bytes.count))
    message.append(contentsOf: address.bytes)
    ByteCopy.append(bytes, request[.userAgent], to: &message)
    return VisitorID(rawValue: SHA256.hash(data: message).prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
  }

  private mutating func startMessage(_ site: UInt32, _ day: Int32) throws {
    if let start, start == (site, day) {
      message.removeLast(message.count - lengthOfStart)
      return
    }
    start = nil
    message.removeAll(keepingCapacity: true)
    message.append(contentsOf: try salts.salt(forDay: day))
    for shift in stride(from: UInt32(0), through: 24, by: 8) {
      message.append(UInt8(truncatingIfNeeded: site >> shift))
    }
    lengthOfStart = message.count
    start = (site, day)
  }
}
