import Hits

/// The information from a user agent that may be stored.
public struct Client: Hashable, Sendable {
  /// The browser's name, for example `Chrome Mobile`; `Other` if unknown.
  public var browser: String
  /// The browser's major version, or empty.
  public var browserVersion: String
  /// The operating system's name, for example `Android`; `Other` if unknown.
  public var system: String
  /// The system's version if it is real (see ``FrozenVersion``), or empty.
  public var systemVersion: String
  /// The kind of device.
  public var device: DeviceType

  /// The client of an agent that contains no information.
  public static let unknown = Client(
    browser: "Other", browserVersion: "", system: "Other", systemVersion: "", device: .other)
}

/// Kinds of devices. Their names are stored and displayed.
public enum DeviceType: String, CaseIterable, Sendable {
  /// A phone.
  case mobile
  /// A tablet.
  case tablet
  /// A desktop or laptop computer.
  case desktop
  /// A television set or a set-top box.
  case tv
  /// A game console.
  case console
  /// A watch or glasses.
  case wearable
  /// Anything else, or unknown.
  case other

  /// The name as stored and displayed.
  public var name: String { rawValue }
}

/// The verdict of the rules on a user agent.
public enum AgentVerdict: Hashable, Sendable {
  /// A robot's agent.
  case bot(Robot)
  /// A person's agent.
  case client(Client)
}
