#if canImport(CISAL)
  /// What inflates gzip: ISA-L, several times as fast as zlib.
  typealias GzipStream = ISALStream
#else
  /// What inflates gzip where ISA-L was not there to build with.
  typealias GzipStream = ZlibStream
#endif
