import ByteScanning

/// Checks a request by the rules of the collect API before anything is done with it.
///
/// Source of the rule: the API's contract, docs/counting.md, "What makes a request valid".
public enum Validation {
  /// The rule that a request breaks.
  public enum Failure: Equatable, Sendable {
    /// The url or target is empty.
    case url
    /// The path does not start with a slash.
    case pathname
    /// An event has no name, a longer one than 255 bytes, or one with control characters.
    case name
    /// The properties are longer than 4 KB, or no flat object of strings, numbers and booleans.
    case props
  }

  /// The longest name of an event, in bytes.
  public static let longestName = 255
  /// The longest properties, in bytes as encoded.
  public static let longestProps = 4_096

  /// The first rule that the request breaks, or nil for a valid one.
  public static func failure(of request: borrowing CollectRequest) -> Failure? {
    let bytes = request.bytes.span
    let path =
      request[.pathname].isEmpty
      ? RequestTarget.parts(of: bytes, request[.url]).path : request[.pathname]
    if request[.url].isEmpty { return .url }
    if path.isEmpty || bytes[path.lowerBound] != Byte.slash { return .pathname }
    return request.kind == .event ? eventFailure(of: request) : nil
  }

  private static func eventFailure(of request: borrowing CollectRequest) -> Failure? {
    let bytes = request.bytes.span
    guard (1...longestName).contains(request[.name].count) else { return .name }
    for index in request[.name] where bytes[index] < 0x20 || bytes[index] == 0x7F { return .name }
    guard request[.props].count <= longestProps else { return .props }
    var properties: [UInt8] = []
    return EventProperties.append(bytes, request[.props], separator: 0, to: &properties) ? nil : .props
  }
}
