import Collecting

/// Parses the operator's list of asset extensions.
enum AssetList {
  /// Returns the default list changed by entries such as `+heif2,-pdf`, or another list such as `css,js,png`.
  ///
  /// - Throws: ``ImportFailure/usage(_:)`` if an entry is not an extension.
  static func changed(by text: String) throws -> [String] {
    let entries = text.split(separator: ",").map { $0.trimmingPrefix(" ") }
    let hasSigns = entries.contains { $0.hasPrefix("+") || $0.hasPrefix("-") }
    var list = hasSigns ? Set(AssetExtensions.standard) : []
    for entry in entries {
      let sign = entry.first { $0 == "+" || $0 == "-" }
      let name = (sign == nil ? entry[...] : entry.dropFirst()).trimmingPrefix(".").lowercased()
      guard (1...16).contains(name.utf8.count), name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2F }),
        hasSigns == (sign != nil)
      else {
        throw ImportFailure.usage(
          "'\(text)' is not a list of extensions; write +heif2,-pdf to change the default list, or css,js,png to replace it"
        )
      }
      if sign == "-" { list.remove(name) } else { list.insert(name) }
    }
    return list.sorted()
  }
}
