#if canImport(CISAL)
  /// The decoder for gzip: ISA-L, several times as fast as zlib.
  typealias GzipStream = ISALStream
#else
  /// The decoder for gzip in builds without ISA-L.
  typealias GzipStream = ZlibStream
#endif
