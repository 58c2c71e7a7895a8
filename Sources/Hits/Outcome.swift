/// Where a line of a log ends: every line read ends in exactly one of these, and their counts add up to the lines read.
///
/// The raw values index ``OutcomeCounts``; the names are what the database and `--json` show and never change.
public enum Outcome: UInt8, CaseIterable, Sendable {
  /// A page view was counted.
  case pageview
  /// A custom event was counted.
  case event
  /// The very line is in the ledger already, from this file or another.
  case alreadyImported
  /// An image, script, style sheet, font, robots.txt and the like.
  case asset
  /// The status is none of a page seen: not 200–299, not 304.
  case status
  /// The method is not GET, or the request is no HTTP request.
  case method
  /// The browser fetched the page ahead, maybe for nobody.
  case prefetch
  /// A rule of the operator's leaves the line out.
  case excluded
  /// The line is dated outside `--since` and `--until`.
  case outOfRange
  /// The user agent is a robot's.
  case botUserAgent
  /// The visitor behaved like a robot.
  case botBehaviour
  /// The address belongs to a robot's network.
  case botAddress
  /// The browser asked not to be tracked.
  case optedOut
  /// The line belongs to none of the sites.
  case unknownSite
  /// The site has used up its page views of the month.
  case capExceeded
  /// The line's day is sealed.
  case late
  /// The referrer is one of the known spammers.
  case referrerSpam
  /// The url breaks the collect API's rules.
  case invalidURL
  /// The path breaks the collect API's rules.
  case invalidPathname
  /// The event's name breaks the collect API's rules.
  case invalidName
  /// The event's properties break the collect API's rules.
  case invalidProps
  /// The type of a collect request is neither page view nor event.
  case invalidType
  /// The tracking id of a collect request is missing or none.
  case invalidTrackingID
  /// The referrer of a collect request breaks the API's rules.
  case invalidReferrer
  /// The address of a collect request is none.
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
  /// The time of a collect request is none, or far off.
  case invalidTimestamp
  /// A part of a line that a container runtime has cut: the line is counted where it ends.
  case part
  /// The line is blank.
  case malformedEmpty
  /// The line is a comment.
  case malformedComment
  /// The line is longer than 1 MiB.
  case malformedTooLong
  /// The line is NUL or other binary bytes.
  case malformedBinary
  /// The client's address is missing or no address.
  case malformedAddress
  /// The time is missing, unreadable or far off.
  case malformedTime
  /// The request is not where the format has it.
  case malformedRequest
  /// The status is no number.
  case malformedStatus
  /// The size is no number.
  case malformedSize
  /// A quote is opened and never closed.
  case malformedQuote
  /// The line ends before the format does.
  case malformedFieldMissing
  /// The line goes on after the format ends.
  case malformedTrailing
  /// The line breaks the syntax of its format, such as JSON's.
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

  /// The outcome of that name; nil where there is none.
  public init?(name: String) {
    guard let outcome = Outcome.allCases.first(where: { $0.name == name }) else { return nil }
    self = outcome
  }

  /// Whether the operator asked for the line to be treated as if it did not stand in the log.
  public var isLeftOut: Bool { self == .excluded || self == .outOfRange }

  /// Whether it breaks a rule of the collect API for one of the fields.
  public var isInvalid: Bool {
    (Outcome.invalidURL.rawValue...Outcome.invalidTimestamp.rawValue).contains(rawValue)
  }

  /// Whether the line could not be read as a line of its format.
  ///
  /// Blank lines and comments are nobody's mistake and do not count towards `--max-reject-rate`.
  public var isReject: Bool {
    rawValue >= Outcome.malformedTooLong.rawValue
  }
}
