import ByteScanning

/// Recognises paths that scanners request in search of vulnerabilities, and people do not.
///
/// Paths are matched in their normal form, ignoring case. A pattern may start at any slash of the path and must end
/// where the path ends. A pattern that ends in `/` matches everything below it, and the path without the slash, since names
/// of pages have none. One that ends in `*` matches any continuation.
public enum ProbePaths {
  /// What a request for a path means.
  public enum Kind: Sendable {
    /// No site has a page there: whoever requests it is looking for a leak or a vulnerability, whatever the
    /// response. At the top of the site only, because sites that show source code have such names further down.
    case nobodys
    /// People request it on servers that have it; on others, only scanners do.
    case elsewhere
  }

  private struct Pattern: Sendable {
    var text: [UInt8]
    var goesOn: Bool
    var kind: Kind
  }

  /// Returns the kind of a path; nil for an ordinary path.
  public static func kind(of path: Span<UInt8>) -> Kind? {
    for slash in 0..<path.count where path[slash] == 0x2F && slash + 1 < path.count {
      for pattern in patterns[Int(Byte.lower(path[slash + 1]))] where matches(pattern, path, from: slash + 1) {
        return slash == 0 ? pattern.kind : .elsewhere
      }
    }
    return nil
  }

  private static func matches(_ pattern: Pattern, _ path: Span<UInt8>, from start: Int) -> Bool {
    let rest = path.count - start
    guard pattern.goesOn ? rest >= pattern.text.count : rest == pattern.text.count else { return false }
    for (offset, byte) in pattern.text.enumerated() where Byte.lower(path[start + offset]) != byte { return false }
    return true
  }

  /// The patterns without their leading slash, by their first byte.
  private static let patterns: [[Pattern]] = {
    var patterns = [[Pattern]](repeating: [], count: 256)
    for (kind, texts) in [(Kind.nobodys, ProbeList.nobodys), (.elsewhere, ProbeList.elsewhere)] {
      for text in texts {
        var bytes = Array(text.utf8.dropFirst())
        let goesOn = bytes.last == 0x2A || bytes.last == 0x2F
        if bytes.last == 0x2A { bytes.removeLast() }
        patterns[Int(bytes[0])].append(Pattern(text: bytes, goesOn: goesOn, kind: kind))
        if bytes.last == 0x2F {
          patterns[Int(bytes[0])].append(Pattern(text: bytes.dropLast(), goesOn: false, kind: kind))
        }
      }
    }
    return patterns
  }()
}
