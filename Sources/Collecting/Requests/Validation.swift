import ByteScanning

/// Checks a request against the rules of the collect API before it is processed.
///
/// Source of the rule: the API's contract, docs/api.md.
public enum Validation {
  /// The rule that a request breaks.
  public enum Failure: Equatable, Sendable {
    /// The URL or target is empty.
    case url
    /// The path does not start with a slash.
    case pathname
    /// An event has no name, one of more than 255 characters, or one with control characters.
    case name
    /// The properties are longer than 4 KB, or not a flat object of strings, numbers and booleans.
    case props
  }

  /// The longest name of an event, in characters (Unicode scalars).
  public static let longestName = 255
  /// The longest properties, in bytes, encoded.
  public static let longestProps = 4_096

  /// Returns the first rule that the request breaks, or nil if it is valid.
  public static func failure(of request: borrowing CollectRequest) -> Failure? {
    failure(of: request, RequestTarget.parts(of: request.bytes.span, request[.url]))
  }

  /// Returns the same for a request whose URL is already split.
  public static func failure(of request: borrowing CollectRequest, _ target: RequestTarget.Parts) -> Failure? {
    let bytes = request.bytes.span
    let path = request[.pathname].isEmpty ? target.path : request[.pathname]
    if request[.url].isEmpty { return .url }
    if path.isEmpty || bytes[path.lowerBound] != Byte.slash { return .pathname }
    return request.kind == .event ? eventFailure(of: request) : nil
  }

  /// Whether a text is a tracking id: `gx_` and twelve letters or digits.
  public static func isTrackingID(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count == 15, ByteSearch.matches(prefix, in: bytes, at: range.lowerBound, before: range.upperBound)
    else { return false }
    for index in range.dropFirst(3) where !RequestTarget.isLetter(bytes[index]) && bytes[index] &- 0x30 > 9 {
      return false
    }
    return true
  }

  private static let prefix = Array("gx_".utf8)

  private static func eventFailure(of request: borrowing CollectRequest) -> Failure? {
    let bytes = request.bytes.span
    if rule(brokenByName: bytes, request[.name]) != nil { return .name }
    return rule(brokenByProps: bytes, request[.props]) == nil ? nil : .props
  }

  /// Returns the rule that the name of an event breaks; nil if the name is valid.
  static func rule(brokenByName bytes: Span<UInt8>, _ name: Range<Int>) -> BrokenRule.Rule? {
    if name.isEmpty { return .required }
    var characters = 0
    var hasControls = false
    for index in name {
      let byte = bytes[index]
      // All bytes of a character except the first start with the bits 10.
      if byte & 0xC0 != 0x80 { characters += 1 }
      if byte < 0x20 || byte == 0x7F { hasControls = true }
    }
    if characters > longestName { return .nameLength }
    return hasControls ? .noControls : nil
  }

  /// Returns the rule that the properties of an event break; nil if they are valid or missing.
  static func rule(brokenByProps bytes: Span<UInt8>, _ props: Range<Int>) -> BrokenRule.Rule? {
    guard props.count <= longestProps else { return .propsLength }
    var properties: [UInt8] = []
    return EventProperties.append(bytes, props, separator: 0, to: &properties) ? nil : .flat
  }
}
