import CMalloc

/// Keeps what an import frees for what it needs next, instead of giving it back to the system.
///
/// Chunks, hits and windows are tens of buffers of some MB that come and go in turn; glibc hands such ones back at once, so
/// that each of their pages is made anew (docs/performance.md). An import's end gives all of it back.
enum MemoryReuse {
  /// Holds for the process. Source: mallopt(3).
  static func start() {
    _ = mallopt(M_MMAP_THRESHOLD, 32 << 20)
    _ = mallopt(M_TRIM_THRESHOLD, 512 << 20)
  }
}
