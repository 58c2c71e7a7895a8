/// The values that the symbols of clients, places, acquisitions and events stand for, as symbols of texts.
///
/// A symbol is the rank of its text in sorted order. So whatever depends on the order of symbols depends on the
/// texts alone.
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

    /// Creates a client from symbols.
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

    /// Creates a place from symbols.
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
    /// Source, medium and name of the campaign; empty texts if absent.
    public var utm: [3 of UInt32]
    /// Referrer and the five utm values with their dimensions, without absent ones; and ``Dimension/utm``.
    public var details: [(dimension: Dimension, value: UInt32)]

    /// Creates an acquisition from symbols.
    public init(
      source: UInt32, channel: UInt32, utm: [3 of UInt32], details: [(dimension: Dimension, value: UInt32)]
    ) {
      self.source = source
      self.channel = channel
      self.utm = utm
      self.details = details
    }
  }

  /// An event's name and properties.
  public struct Event: Sendable {
    /// The name.
    public var name: UInt32
    /// The properties, each with its value.
    public var properties: [UInt32]

    /// Creates an event from symbols.
    public init(name: UInt32, properties: [UInt32]) {
      self.name = name
      self.properties = properties
    }
  }

  /// The clients, indexed by symbol.
  public var clients: [Client] = []
  /// The places, indexed by symbol.
  public var places: [Place] = []
  /// The acquisitions, indexed by symbol.
  public var acquisitions: [Acquisition] = []
  /// The events, indexed by symbol.
  public var events: [Event] = []
  /// The hour on the local clock, 0–23, of each quarter of an hour since the start of the day. Clocks only change
  /// at quarters.
  public var hourOfQuarter: [UInt32] = []

  /// The funnels of the site.
  public var funnels = FunnelSteps()

  /// The symbol of the empty text: the page of a visit without page views.
  public var none: UInt32 = 0

  /// Creates empty tables.
  public init() {}
}
