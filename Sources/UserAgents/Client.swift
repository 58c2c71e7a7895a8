import Hits

/// What may be kept of a user agent.
public struct Client: Hashable, Sendable {
  /// The browser's name, for example `Chrome Mobile`; `Other` where unknown.
  public var browser: String
  /// The browser's major version, or empty.
  public var browserVersion: String
  /// The operating system's name, for example `Android`; `Other` where unknown.
  public var system: String
  /// The system's version as far as it is real (see ``FrozenVersion``), or empty.
  public var systemVersion: String
  /// The kind of device.
  public var device: DeviceType

  /// The client of an agent that tells nothing.
  public static let unknown = Client(
    browser: "Other", browserVersion: "", system: "Other", systemVersion: "", device: .other)
}

/// Kinds of devices. The names are stored and shown.
public enum DeviceType: String, CaseIterable, Sendable {
  /// A phone.
  case mobile
  /// A tablet.
  case tablet
  /// A desktop or laptop computer.
  case desktop
  /// A television set or a box beside it.
  case tv
  /// A game console.
  case console
  /// A watch, glasses.
  case wearable
  /// Anything else, or unknown.
  case other

  /// The name stored and shown.
  public var name: String { rawValue }
}

/// What the rules say of a user agent.
public enum AgentVerdict: Hashable, Sendable {
  /// It is a robot's.
  case bot(BotClass)
  /// It is a person's.
  case client(Client)
}
