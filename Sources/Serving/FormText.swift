import ByteScanning
import Collecting

/// The parameters of queries and forms: `name=value&name=value`, percent-encoded, with plus signs for blanks.
enum FormText {
  /// Parses the parameters, in order; invalid UTF-8 becomes U+FFFD.
  static func parameters(_ text: some StringProtocol) -> [(name: String, value: String)] {
    let bytes = Array(text.utf8)
    var pairs = QueryParameters(bytes.indices)
    var parameters: [(name: String, value: String)] = []
    while let pair = pairs.next(in: bytes.span) {
      parameters.append((decoded(bytes[pair.name]), decoded(bytes[pair.value])))
    }
    return parameters
  }

  /// Decodes a whole text, unlike ``QueryParameters/appendDecoded(_:_:to:)``, which trims and truncates it for storage.
  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var decoded: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == Byte.percent, index + 2 < bytes.endIndex, let high = HexDigits.value(bytes[index + 1]),
        let low = HexDigits.value(bytes[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index] == Byte.plus ? Byte.space : bytes[index])
        index += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}
