/// What the visitors of a day show about the log: whether it tells who loads parts of pages.
public enum Loading: Int, Comparable, CaseIterable, Sendable {
  /// Nobody was seen loading a part: the log may not hold such requests.
  case nobody
  /// Somebody was.
  case somebody
  /// People load parts: at least ten visitors with several page views did, and at least three in four.
  case people

  /// Orders by how much is known.
  public static func < (left: Loading, right: Loading) -> Bool { left.rawValue < right.rawValue }
}
