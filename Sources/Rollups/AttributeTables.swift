/// What the symbols of clients, places, acquisitions and events stand for, each a list of symbols of texts.
///
/// Symbols are ranks of texts in their order, so that what hangs on the order of symbols hangs on nothing else.
public struct AttributeTables: Sendable {
  /// Browser, browser with version, system, system with version, device.
  public struct Client: Sendable {
    /// The browser's name.
    public var browser: UInt32
    /// Name and version.
    public var browserVersion: UInt32
    /// The system's name.
    public var os: UInt32
    /// Name and version.
    public var osVersion: UInt32
    /// The kind of device.
    public var device: UInt32

    /// Makes a client of symbols.
    public init(browser: UInt32, browserVersion: UInt32, os: UInt32, osVersion: UInt32, device: UInt32) {
      self.browser = browser
      self.browserVersion = browserVersion
      self.os = os
      self.osVersion = osVersion
      self.device = device
    }
  }

  /// Country, region, city, network.
  public struct Place: Sendable {
    /// The country's code.
    public var country: UInt32
    /// Country and region.
    public var region: UInt32
    /// Country, region and city.
    public var city: UInt32
    /// The network's number and name.
    public var network: UInt32

    /// Makes a place of symbols.
    public init(country: UInt32, region: UInt32, city: UInt32, network: UInt32) {
      self.country = country
      self.region = region
      self.city = city
      self.network = network
    }
  }

  /// Where a visit came from.
  public struct Acquisition: Sendable {
    /// The source's name.
    public var source: UInt32
    /// The kind of source.
    public var channel: UInt32
    /// Referrer and the five utm values with their dimensions; only those that are there.
    public var details: [(dimension: Dimension, value: UInt32)]

    /// Makes an acquisition of symbols.
    public init(source: UInt32, channel: UInt32, details: [(dimension: Dimension, value: UInt32)]) {
      self.source = source
      self.channel = channel
      self.details = details
    }
  }

  /// An event's name and properties.
  public struct Event: Sendable {
    /// The name.
    public var name: UInt32
    /// Each property with its value.
    public var properties: [UInt32]

    /// Makes an event of symbols.
    public init(name: UInt32, properties: [UInt32]) {
      self.name = name
      self.properties = properties
    }
  }

  /// By the symbol of the client.
  public var clients: [Client] = []
  /// By the symbol of the place.
  public var places: [Place] = []
  /// By the symbol of the acquisition.
  public var acquisitions: [Acquisition] = []
  /// By the symbol of the event.
  public var events: [Event] = []
  /// The hour on the local clock, 0–23, of each quarter of an hour since the start of the day; clocks are only ever set
  /// at quarters.
  public var hourOfQuarter: [UInt32] = []

  /// Empty tables.
  public init() {}
}
