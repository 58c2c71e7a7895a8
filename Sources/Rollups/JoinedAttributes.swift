import ByteScanning
import Hits

/// Splits the texts that ``Hits/HitBatch`` joins into the symbols of the values that statistics are broken down by.
public struct JoinedAttributes {
  /// The dimensions of an acquisition's parts after source and channel.
  private static let detailDimensions: [Dimension] = [
    .referrer, .utmSource, .utmMedium, .utmCampaign, .utmContent, .utmTerm,
  ]

  private var parts = JoinedParts()

  /// Creates a splitter.
  public init() {}

  /// Returns the client of a text with browser, its version, system, its version, device.
  public mutating func client(_ text: Span<UInt8>, in symbols: inout SymbolTable) -> AttributeTables.Client {
    parts.split(text)
    return AttributeTables.Client(
      browser: parts.intern(0, of: text, in: &symbols),
      browserVersion: parts.intern(name: 0, version: 1, of: text, in: &symbols),
      os: parts.intern(2, of: text, in: &symbols),
      osVersion: parts.intern(name: 2, version: 3, of: text, in: &symbols),
      device: parts.intern(4, of: text, in: &symbols))
  }

  /// Returns the place of a text with country, region, city, network.
  public mutating func place(_ text: Span<UInt8>, in symbols: inout SymbolTable) -> AttributeTables.Place {
    parts.split(text)
    return AttributeTables.Place(
      country: parts.intern(0, of: text, in: &symbols), region: parts.intern(1, of: text, in: &symbols),
      city: parts.intern(2, of: text, in: &symbols), network: parts.intern(3, of: text, in: &symbols))
  }

  /// Returns the acquisition of a text with source, channel, referrer, and the five utm values.
  public mutating func acquisition(
    _ text: Span<UInt8>, in symbols: inout SymbolTable
  ) -> AttributeTables.Acquisition {
    parts.split(text)
    let (source, channel) = (parts.intern(0, of: text, in: &symbols), parts.intern(1, of: text, in: &symbols))
    var details: [(dimension: Dimension, value: UInt32)] = []
    for (offset, dimension) in Self.detailDimensions.enumerated() where !parts.range(2 + offset).isEmpty {
      details.append((dimension, parts.intern(2 + offset, of: text, in: &symbols)))
    }
    details.append((.utm, parts.internJoined([0, 3, 4, 5, 6, 7], by: HitBatch.separator, of: text, in: &symbols)))
    return AttributeTables.Acquisition(
      source: source, channel: channel,
      utm: [
        parts.intern(3, of: text, in: &symbols), parts.intern(4, of: text, in: &symbols),
        parts.intern(5, of: text, in: &symbols),
      ], details: details)
  }

  /// Returns the event of a text with its name, then the name and value of each property. The text of a property
  /// joins the event's name with the property's name and value.
  public mutating func event(_ text: Span<UInt8>, in symbols: inout SymbolTable) -> AttributeTables.Event {
    parts.split(text)
    let properties = stride(from: 1, to: parts.count - 1, by: 2).map { index in
      parts.internJoined([0, index, index + 1], by: HitBatch.separator, of: text, in: &symbols)
    }
    return AttributeTables.Event(name: parts.intern(0, of: text, in: &symbols), properties: properties)
  }
}
