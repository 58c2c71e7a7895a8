/// Reads files that are no logs as a whole, decompressed if necessary.
public enum WholeFile {
  private static let step = 1 << 16

  /// Returns the bytes of a file, or of standard input for `-`.
  ///
  /// - Throws: ``InputError``, also if a compressed file is truncated or damaged.
  public static func bytes(of path: String) throws(InputError) -> [UInt8] {
    let file = try OpenFile(path: path)
    var bytes = [UInt8](repeating: 0, count: max(step, Int(file.facts?.size ?? 0) + 1))
    var count = 0
    do {
      while true {
        let got = try file.read(into: &bytes, at: count, count: bytes.count - count)
        if got == 0 { break }
        count += got
        if count == bytes.count { bytes += [UInt8](repeating: 0, count: count) }
      }
    } catch {
      throw .system(path, reason: error.reason)
    }
    guard let compression = Compression(bytes.span, count) else { return Array(bytes[..<count]) }
    return try unpacked(file, compression, bytes, count)
  }

  private static func unpacked(
    _ file: OpenFile, _ compression: Compression, _ input: [UInt8], _ count: Int
  ) throws(InputError) -> [UInt8] {
    guard let unpacker = Unpacker(file, compression, input: input, count: count) else {
      throw .system(file.path, reason: "not enough memory to decompress it")
    }
    var bytes = [UInt8](repeating: 0, count: max(step, count * 4))
    var end = 0
    while true {
      let got = unpacker.read(into: &bytes, at: end)
      if got == 0 { break }
      end += got
      if end == bytes.count { bytes += [UInt8](repeating: 0, count: end) }
    }
    if unpacker.damage != nil {
      throw .system(file.path, reason: "the \(compression.rawValue) stream is truncated or damaged; copy it again")
    }
    return Array(bytes[..<end])
  }
}
