import Foundation

/// Converts bytes to SQLite blobs and back.
enum DataBlob {
  static func data(_ bytes: [UInt8]) -> Data {
    Data(bytes)
  }

  static func bytes(_ data: Data) -> [UInt8] {
    [UInt8](data)
  }
}
