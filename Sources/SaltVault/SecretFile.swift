import Glibc

/// Small secret files. A file is created atomically, is readable by its owner only, and is on disk before it is
/// used.
enum SecretFile {
  static let temporarySuffix = ".tmp"

  /// Creates a folder that only its owner may access, and checks the access rights of an existing one.
  static func makeFolder(_ path: String) throws(VaultError) {
    if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw failure(path) }
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { throw failure(path) }
    guard facts.st_mode & 0o077 == 0 else { throw .open(path: path) }
    try syncFolder(parent(of: path))
  }

  /// Reads a secret, or creates one of random bytes. Processes that create it at the same time all use the first
  /// one.
  static func readOrMake(_ path: String, size: Int) throws(VaultError) -> [UInt8] {
    if let bytes = try read(path, size: size) { return bytes }
    let temporary = path + ".\(UInt64.random(in: .min ... .max))" + temporarySuffix
    try write(random(size), to: temporary)
    let linked = unsafe link(temporary, path) == 0 || errno == EEXIST
    let reason = errno
    _ = unsafe unlink(temporary)
    guard linked else { throw failure(path, reason) }
    try syncFolder(parent(of: path))
    guard let bytes = try read(path, size: size) else { throw failure(path) }
    return bytes
  }

  /// Deletes secrets. Their deletion is on disk when this returns.
  static func destroy(_ names: [String], in folder: String) throws(VaultError) {
    guard !names.isEmpty else { return }
    for name in names where unsafe unlink(folder + "/" + name) != 0 {
      if errno != ENOENT { throw failure(folder + "/" + name) }
    }
    try syncFolder(folder)
  }

  /// Returns the names of the files in a folder, without hidden ones.
  static func names(_ folder: String) throws(VaultError) -> [String] {
    guard let directory = unsafe opendir(folder) else { throw failure(folder) }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      // Safe because the entry's name ends in NUL and stays valid until the next call.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  /// Deletes temporary files that a crash between writing and linking left behind. Only the holder of the
  /// database's lock may call this.
  static func sweep(_ folder: String) throws(VaultError) {
    for name in try names(folder) where name.hasSuffix(temporarySuffix) {
      _ = unsafe unlink(folder + "/" + name)
    }
  }

  private static func read(_ path: String, size: Int) throws(VaultError) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failure(path)
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: size + 1)
    // Safe because the buffer holds size + 1 bytes.
    let got = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, size + 1) }
    guard got == size else { throw .damaged(path: path) }
    bytes.removeLast()
    return bytes
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(VaultError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    // Safe because the buffer holds as many bytes as are written.
    let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
    guard written == bytes.count, fchmod(descriptor, 0o600) == 0, fsync(descriptor) == 0 else { throw failure(path) }
  }

  private static func random(_ size: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    while bytes.count < size {
      // The generator returns eight bytes at a time.
      let word: UInt64 = generator.next()
      for shift in stride(from: UInt64(0), to: 64, by: 8) where bytes.count < size {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    return bytes
  }

  private static func syncFolder(_ path: String) throws(VaultError) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(path) }
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func failure(_ path: String, _ code: CInt = errno) -> VaultError {
    // Safe because the text of strerror, which the C library owns, is copied at once.
    .system(path: path, reason: unsafe String(cString: strerror(code)))
  }
}
