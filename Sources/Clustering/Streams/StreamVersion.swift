import StatsStore

/// The version of the streams between `map`, `reduce` and `merge`. docs/scale-out.md describes them.
enum StreamVersion {
  /// Changes whenever a line of a stream, its checksum or the job key does.
  static let stream = 5

  /// The versions of streams and of counting. Every line of hits ends in them and the site's settings for counting.
  static let tag = "v\(stream).\(StatsStore.countingVersion)"

  /// The first line of a part.
  static let partHead = "footfall-part\t\(tag)"
}
