/// How a line of a log ends. Each line read has exactly one outcome, so the counts of all outcomes add up to the
/// lines read.
///
/// The raw values index ``OutcomeCounts``. The names appear in the database and in `--json` and never change.
public enum Outcome: UInt8, CaseIterable, Sendable {
  /// A page view was counted.
  case pageview
  /// A custom event was counted.
  case event
  /// The line is in the ledger already, from this file or another.
  case alreadyImported
  /// The request is for an image, script, style sheet, font, robots.txt or the like.
  case asset
  /// The status is not that of a page that was seen: neither 200–299 nor 304.
  case status
  /// The method is not GET, or the request is not an HTTP request.
  case method
  /// The browser prefetched the page, and possibly nobody saw it.
  case prefetch
  /// A rule of the operator excludes the line.
  case excluded
  /// The line is dated outside the period from `--since` to `--until`.
  case outOfRange
  /// The user agent is a robot's.
  case botUserAgent
  /// The visitor behaved like a robot.
  case botBehaviour
  /// The address belongs to a network of robots.
  case botAddress
  /// The request names a robot's operator in its signature.
  case botSignature
  /// The browser asked not to be tracked.
  case optedOut
  /// The line belongs to none of the sites.
  case unknownSite
  /// The site has used up its page views for the month.
  case capExceeded
  /// The line's day is sealed.
  case late
  /// The referrer is a known spammer.
  case referrerSpam
  /// The URL breaks the collect API's rules.
  case invalidURL
  /// The path breaks the collect API's rules.
  case invalidPathname
  /// The event's name breaks the collect API's rules.
  case invalidName
  /// The event's properties break the collect API's rules.
  case invalidProps
  /// The type of a collect request is neither page view nor event.
  case invalidType
  /// The tracking id of a collect request is missing or invalid.
  case invalidTrackingID
  /// The referrer of a collect request breaks the API's rules.
  case invalidReferrer
  /// The address of a collect request is not an address.
  case invalidIP
  /// The user agent of a collect request breaks the API's rules.
  case invalidUserAgent
  /// The campaign's source breaks the collect API's rules.
  case invalidUTMSource
  /// The campaign's medium breaks the collect API's rules.
  case invalidUTMMedium
  /// The campaign's name breaks the collect API's rules.
  case invalidUTMCampaign
  /// The campaign's content breaks the collect API's rules.
  case invalidUTMContent
  /// The campaign's term breaks the collect API's rules.
  case invalidUTMTerm
  /// The time of a collect request is invalid or far off.
  case invalidTimestamp
  /// A part of a line that a container runtime has split; the line is counted at its last part.
  case part
  /// The line is blank.
  case malformedEmpty
  /// The line is a comment.
  case malformedComment
  /// The line is longer than 1 MiB.
  case malformedTooLong
  /// The line consists of NUL or other binary bytes.
  case malformedBinary
  /// The client's address is missing or not an address.
  case malformedAddress
  /// The time is missing, malformed or far off.
  case malformedTime
  /// The request is not where the format expects it.
  case malformedRequest
  /// The status is not a number.
  case malformedStatus
  /// The size is not a number.
  case malformedSize
  /// A quotation mark is opened and never closed.
  case malformedQuote
  /// The line ends before the last field of its format.
  case malformedFieldMissing
  /// The line continues after the last field of its format.
  case malformedTrailing
  /// The line breaks the syntax of its format, such as JSON.
  case malformedSyntax

  /// The name in the database, in JSON and in reports.
  public var name: String {
    switch self {
    case .pageview: "pageview"
    case .event: "event"
    case .alreadyImported: "already_imported"
    case .asset: "not_counted(asset)"
    case .status: "not_counted(status)"
    case .method: "not_counted(method)"
    case .prefetch: "not_counted(prefetch)"
    case .excluded: "not_counted(excluded)"
    case .outOfRange: "not_counted(out_of_range)"
    case .botUserAgent: "bot(user_agent)"
    case .botBehaviour: "bot(behaviour)"
    case .botAddress: "bot(address)"
    case .botSignature: "bot(signature)"
    case .optedOut: "opted_out"
    case .unknownSite: "unknown_site"
    case .capExceeded: "cap_exceeded"
    case .late: "late"
    case .referrerSpam: "referrer_spam"
    case .invalidURL: "invalid(url)"
    case .invalidPathname: "invalid(pathname)"
    case .invalidName: "invalid(name)"
    case .invalidProps: "invalid(props)"
    case .invalidType: "invalid(type)"
    case .invalidTrackingID: "invalid(tracking_id)"
    case .invalidReferrer: "invalid(referrer)"
    case .invalidIP: "invalid(ip)"
    case .invalidUserAgent: "invalid(user_agent)"
    case .invalidUTMSource: "invalid(utm_source)"
    case .invalidUTMMedium: "invalid(utm_medium)"
    case .invalidUTMCampaign: "invalid(utm_campaign)"
    case .invalidUTMContent: "invalid(utm_content)"
    case .invalidUTMTerm: "invalid(utm_term)"
    case .invalidTimestamp: "invalid(timestamp)"
    case .part: "not_counted(part)"
    case .malformedEmpty: "malformed(empty)"
    case .malformedComment: "malformed(comment)"
    case .malformedTooLong: "malformed(too_long)"
    case .malformedBinary: "malformed(binary)"
    case .malformedAddress: "malformed(address)"
    case .malformedTime: "malformed(time)"
    case .malformedRequest: "malformed(request)"
    case .malformedStatus: "malformed(status)"
    case .malformedSize: "malformed(size)"
    case .malformedQuote: "malformed(quote)"
    case .malformedFieldMissing: "malformed(field_missing)"
    case .malformedTrailing: "malformed(trailing)"
    case .malformedSyntax: "malformed(syntax)"
    }
  }

  /// Finds the outcome with this name; nil if there is none.
  public init?(name: String) {
    guard let outcome = Outcome.allCases.first(where: { $0.name == name }) else { return nil }
    self = outcome
  }

  /// Whether the operator asked to treat the line as if it were not in the log.
  public var isExcluded: Bool { self == .excluded || self == .outOfRange }

  /// Whether a field breaks a rule of the collect API.
  public var isInvalid: Bool {
    (Outcome.invalidURL.rawValue...Outcome.invalidTimestamp.rawValue).contains(rawValue)
  }

  /// Whether the line does not match its format.
  ///
  /// Blank lines and comments are not errors and do not count towards `--max-reject-rate`.
  public var isReject: Bool {
    rawValue >= Outcome.malformedTooLong.rawValue
  }
}
