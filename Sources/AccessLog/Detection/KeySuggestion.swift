import ByteScanning
import Hits

/// Derives a mapping for `--format` from lines that name their values with unknown keys.
enum KeySuggestion {
  /// The number of lines that are examined.
  private static let mostLines = 50

  /// Returns `json:FIELD=KEY,…` for objects, `ltsv:FIELD=LABEL,…` for labels, and `logfmt:FIELD=NAME,…` for pairs; nil
  /// if too few of the keys have a meaning.
  static func text(_ sample: DetectionSample) -> String? {
    var fields: [(key: String, sample: FieldSample)] = []
    var places: [String: Int] = [:]
    var times = TimeReader(zone: .utc)
    let span = sample.bytes.span
    var kind: LineKeys.Kind?
    for (index, range) in sample.ranges.prefix(mostLines).enumerated() where sample.isLine[index] {
      let own = LineKeys.kind(span, range)
      guard kind == nil || own == kind else { return nil }
      kind = own
      for (key, value) in LineKeys.values(span, range) {
        let place = places[key] ?? fields.count
        if place == fields.count {
          places[key] = place
          fields.append((key, FieldSample()))
        }
        fields[place].sample.add(span, value, &times)
      }
    }
    guard let kind else { return nil }
    let pairs = KeyChoice(fields).pairs
    return pairs.count > 3 ? "\(kind.rawValue):" + pairs.joined(separator: ",") : nil
  }
}

/// Finds the keys of the fields, by what their values look like.
private struct KeyChoice {
  private let fields: [(key: String, sample: FieldSample)]
  private var taken = Set<Int>()
  private(set) var pairs: [String] = []

  init(_ fields: [(key: String, sample: FieldSample)]) {
    self.fields = fields
    take("time", first { $0.share(.time) > 0.9 })
    takeClient()
    take("request", first { $0.share(.request) > 0.5 })
    take("method", first { $0.share(.method) > 0.9 })
    take("target", first { $0.share(.target) > 0.9 })
    take("status", first { $0.share(.status) > 0.9 })
    take(
      "agent",
      rest.filter { fields[$0].sample.isAgent }.max { fields[$0].sample.agentRank < fields[$1].sample.agentRank })
    take("referrer", first { $0.share(.url) > 0.5 })
    take("host", first { $0.share(.host) > 0.9 })
    take("forwarded", first { $0.share(.addresses) > 0.5 })
  }

  /// Takes the key of the client: public addresses if there are any, because a backend's address comes before the
  /// client's in some logs.
  private mutating func takeClient() {
    let clients = rest.filter { fields[$0].sample.share(.address) > 0.9 }
    let outer = clients.filter { fields[$0].sample.share(.innerAddress) < 0.9 }
    guard !outer.isEmpty else { return take("address", clients.first) }
    let samples = outer.map { (fields[$0].sample, KeyNames.isForwarded(fields[$0].key)) }
    take("address", FieldSample.client(among: samples).map { outer[$0] })
  }

  private var rest: [Int] { fields.indices.filter { !taken.contains($0) } }

  private func first(_ isFitting: (FieldSample) -> Bool) -> Int? { rest.first { isFitting(fields[$0].sample) } }

  private mutating func take(_ field: String, _ place: Int?) {
    guard let place else { return }
    taken.insert(place)
    pairs.append("\(field)=\(fields[place].key)")
  }
}
