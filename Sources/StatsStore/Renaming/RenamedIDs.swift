import ByteScanning
import GRDB

/// The ids of the names that texts of one site and role get. Each text is named once.
final class RenamedIDs {
  private let role: TextRole
  private let renaming: Renaming
  private let site: UInt32
  private let stored: StoredTexts
  /// Whether names are added to the dictionary.
  private let adds: Bool
  private var known: [Int64: Int64] = [:]
  /// The numbers of names that are not in the dictionary, if they are not added to it.
  private var numbers: [String: Int64] = [:]

  init(_ role: TextRole, _ renaming: Renaming, site: UInt32, _ stored: StoredTexts, adds: Bool) {
    self.role = role
    self.renaming = renaming
    self.site = site
    self.stored = stored
    self.adds = adds
  }

  /// Returns the id of the name of a text: the same id if it keeps its name. If names are not added, a new one has a
  /// negative number.
  func id(of old: Int64) throws -> Int64 {
    if let id = known[old] { return id }
    let id = try find(old)
    known[old] = id
    return id
  }

  private func find(_ old: Int64) throws -> Int64 {
    var text = ""
    let isThere = try stored.withText(of: UInt32(clamping: old)) { bytes in
      text = String(decoding: ByteCopy.bytes(bytes, 0..<bytes.count), as: UTF8.self)
    }
    guard isThere else { return old }
    let name = role.name(of: text, by: renaming, site: site)
    return name == text ? old : try id(ofName: name)
  }

  private func id(ofName name: String) throws -> Int64 {
    var batch = TextBatch()
    let bytes = Array(name.utf8)
    batch.append(bytes.span, 0)
    if let id = try stored.id(ofLastIn: batch) { return id }
    if adds { return try stored.ids(inserting: batch)[0] }
    let number = numbers[name] ?? -Int64(numbers.count + 1)
    numbers[name] = number
    return number
  }
}
