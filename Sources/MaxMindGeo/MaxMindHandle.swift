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
      // Safe because the library's texts are constant.
      throw .notADatabase(path, reason: unsafe String(cString: MMDB_strerror(status)))
    }
    unsafe database = opened
  }

  deinit {
    unsafe MMDB_close(database)
    unsafe database.deallocate()
  }

  var databaseType: String {
    unsafe database.pointee.metadata.database_type.map { unsafe String(cString: $0) } ?? ""
  }

  var buildEpoch: UInt64 {
    unsafe database.pointee.metadata.build_epoch
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

  /// Returns the number at a path of keys; nil if there is none.
  func number(_ path: [String]) -> UInt32? {
    guard let data = unsafe value(path), unsafe data.type == UInt32(MMDB_DATA_TYPE_UINT32) else { return nil }
    // Safe because the type says which member of the union is set.
    return unsafe data.uint32
  }

  /// Returns the text at a path of keys and array indices; nil if there is none.
  func text(_ path: [String]) -> String? {
    guard let data = unsafe value(path), unsafe data.type == UInt32(MMDB_DATA_TYPE_UTF8_STRING),
      let start = unsafe data.utf8_string
    else { return nil }
    // Safe because the library says how long the text is.
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: Int(data.data_size))
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
