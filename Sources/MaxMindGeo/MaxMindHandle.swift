import CMaxMindDB
import Glibc

/// An open file of libmaxminddb, closed with this object.
///
/// Unchecked because the library's handle is only read after opening, which its manual allows from several threads.
@safe final class MaxMindHandle: @unchecked Sendable {
  // Safe because it is set up once in init and torn down once in deinit.
  private let database: UnsafeMutablePointer<MMDB_s>

  init(path: String) throws(GeoError) {
    guard unsafe access(path, F_OK) == 0 else { throw .missing(path) }
    let opened = UnsafeMutablePointer<MMDB_s>.allocate(capacity: 1)
    let status = unsafe MMDB_open(path, UInt32(MMDB_MODE_MMAP), opened)
    guard status == MMDB_SUCCESS else {
      unsafe opened.deallocate()
      if let command = Self.unpacking(path) { throw .compressed(path, command: command) }
      // Safe because the library's texts are constant.
      throw .notADatabase(path, reason: unsafe String(cString: MMDB_strerror(status)))
    }
    unsafe database = opened
  }

  deinit {
    unsafe MMDB_close(database)
    unsafe database.deallocate()
  }

  /// Returns the command that unpacks a file, by its first bytes; nil if it is not compressed.
  private static func unpacking(_ path: String) -> String? {
    let file = unsafe open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var start = [UInt8](repeating: 0, count: 4)
    guard unsafe read(file, &start, start.count) == start.count else { return nil }
    switch start {
    case [0x50, 0x4B, 0x03, 0x04]: return "unzip"
    case [0xFD, 0x37, 0x7A, 0x58]: return "unxz"
    case [0x28, 0xB5, 0x2F, 0xFD]: return "unzstd"
    case _ where start.starts(with: [0x1F, 0x8B]):
      return path.hasSuffix(".tar.gz") || path.hasSuffix(".tgz") ? "tar -xzf" : "gunzip"
    case _ where start.starts(with: "BZh".utf8): return "bunzip2"
    default: return nil
    }
  }

  var databaseType: String {
    unsafe database.pointee.metadata.database_type.map { unsafe String(cString: $0) } ?? ""
  }

  var buildEpoch: UInt64 {
    unsafe database.pointee.metadata.build_epoch
  }

  /// Returns the records of the first networks, each once.
  func firstRecords(atMost limit: Int) -> [MaxMindRecord] {
    var records: [MaxMindRecord] = []
    var offsets: Set<UInt32> = []
    var numbers: [UInt32] = [0]
    // In a damaged file, a node may lead back to itself.
    var nodesLeft = 100 * limit
    while let number = numbers.popLast(), records.count < limit, nodesLeft > 0 {
      nodesLeft -= 1
      var node = unsafe MMDB_search_node_s()
      guard unsafe MMDB_read_node(database, number, &node) == MMDB_SUCCESS else { continue }
      let sides = unsafe [
        (node.right_record_type, node.right_record, node.right_record_entry),
        (node.left_record_type, node.left_record, node.left_record_entry),
      ]
      for unsafe(type, record, entry) in unsafe sides {
        switch CInt(type) {
        case MMDB_RECORD_TYPE_SEARCH_NODE: numbers.append(UInt32(truncatingIfNeeded: record))
        case MMDB_RECORD_TYPE_DATA where unsafe offsets.insert(entry.offset).inserted:
          unsafe records.append(MaxMindRecord(entry: entry))
        default: break
        }
      }
    }
    return records
  }

  /// Returns the record of an address of four or sixteen bytes; nil if there is none.
  func record(ofAddress bytes: [UInt8]) -> MaxMindRecord? {
    var status: CInt = 0
    let result: MMDB_lookup_result_s
    switch bytes.count {
    case 4:
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      // Safe because both are four bytes in network order.
      unsafe withUnsafeMutableBytes(of: &address.sin_addr) { unsafe $0.copyBytes(from: bytes) }
      unsafe result = unsafe withUnsafePointer(to: &address) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe MMDB_lookup_sockaddr(database, $0, &status)
        }
      }
    case 16:
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      // Safe because both are sixteen bytes in network order.
      unsafe withUnsafeMutableBytes(of: &address.sin6_addr) { unsafe $0.copyBytes(from: bytes) }
      unsafe result = unsafe withUnsafePointer(to: &address) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe MMDB_lookup_sockaddr(database, $0, &status)
        }
      }
    default: return nil
    }
    guard status == MMDB_SUCCESS, unsafe result.found_entry else { return nil }
    return unsafe MaxMindRecord(entry: result.entry)
  }
}

/// A record of the file: what it says about some networks.
@safe struct MaxMindRecord {
  // Safe because the entry points into the open file, whose handle outlives the lookup.
  private let entry: MMDB_entry_s

  init(entry: MMDB_entry_s) {
    unsafe self.entry = unsafe entry
  }

  /// The offset of the record in the file.
  var offset: UInt32 { unsafe entry.offset }

  /// Returns the number at a path of keys; nil if there is none that fits. Makers use all integer types.
  func number(_ path: [String]) -> UInt32? {
    guard let data = unsafe value(path) else { return nil }
    // Safe because the type says which member of the union is set.
    switch unsafe CInt(data.type) {
    case MMDB_DATA_TYPE_UINT16: return unsafe UInt32(data.uint16)
    case MMDB_DATA_TYPE_UINT32: return unsafe data.uint32
    case MMDB_DATA_TYPE_INT32: return unsafe UInt32(exactly: data.int32)
    case MMDB_DATA_TYPE_UINT64: return unsafe UInt32(exactly: data.uint64)
    // Swift does not see the member of 128 bits; that of 64 bits has the lower half, and the size tells whether it is all.
    case MMDB_DATA_TYPE_UINT128 where unsafe data.data_size <= 8: return unsafe UInt32(exactly: data.uint64)
    default: return nil
    }
  }

  /// Returns the text at a path of keys and array indices; nil if there is none, also for the hyphens and blanks that
  /// makers write for what they do not know.
  func text(_ path: [String]) -> String? {
    guard let data = unsafe value(path), unsafe data.type == UInt32(MMDB_DATA_TYPE_UTF8_STRING),
      let start = unsafe data.utf8_string
    else { return nil }
    // Safe because the library says how long the text is.
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: Int(data.data_size))
    guard unsafe bytes.contains(where: { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }) else { return nil }
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  private func value(_ path: [String]) -> MMDB_entry_data_s? {
    var entry = unsafe self.entry
    var data = unsafe MMDB_entry_data_s()
    var keys = unsafe path.map { unsafe UnsafePointer(strdup($0)) }
    unsafe keys.append(nil)
    defer { unsafe keys.forEach { unsafe free(UnsafeMutablePointer(mutating: $0)) } }
    // Safe because the keys end in nil and live until after the call.
    let status = unsafe MMDB_aget_value(&entry, &data, &keys)
    guard status == MMDB_SUCCESS, unsafe data.has_data else { return nil }
    return unsafe data
  }
}
