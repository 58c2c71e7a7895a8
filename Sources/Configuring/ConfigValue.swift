import TOMLKit

/// A value of the file as texts, as on a command line.
public struct ConfigValue: Sendable, Equatable {
  /// The texts: one, or any number for a list; `true` or `false` for a flag.
  public var texts: [String]

  /// Converts a TOML value to the kind of a key; nil if it has another type.
  init?(_ value: any TOMLValueConvertible, as kind: ConfigKey.Kind) {
    switch kind {
    case .text, .path:
      guard let text = value.string else { return nil }
      texts = [text]
    case .integer:
      guard let number = value.int else { return nil }
      texts = [String(number)]
    case .number:
      guard let number = value.int.map(Double.init) ?? value.double else { return nil }
      texts = [number.rounded() == number && abs(number) < 1e15 ? String(Int(number)) : String(number)]
    case .flag:
      guard let flag = value.bool else { return nil }
      texts = [String(flag)]
    case .paths where value.string != nil, .operands where value.string != nil:
      texts = [value.string].compactMap(\.self)
    case .list, .paths, .namedPaths, .operands:
      guard let list = value.array else { return nil }
      texts = list.compactMap(\.string)
      guard texts.count == list.count else { return nil }
    }
  }
}
