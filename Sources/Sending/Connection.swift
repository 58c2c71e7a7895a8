import CCurl

/// A connection to a server through libcurl, kept open between requests. For one thread.
///
/// Related documentation: <https://curl.se/libcurl/c/>.
@safe struct Connection: ~Copyable {
  private var library: curl_library
  private let handle: UnsafeMutableRawPointer
  private let headers: UnsafeMutableRawPointer?
  private let answer: UnsafeMutablePointer<curl_answer>

  /// The timeout of a request, in seconds.
  private static let timeout = 30
  /// The timeout for connecting, in seconds.
  private static let connectTimeout = 10

  /// libcurl, loaded once and not changed afterwards; nil if it is not installed.
  nonisolated(unsafe) static let library: curl_library? = {
    var library = curl_library()
    return unsafe curl_load(&library) ? library : nil
  }()

  /// Opens a connection; nil if there is not enough memory.
  static func open(_ library: curl_library, token: String) -> Connection? {
    var library = library
    var headers: UnsafeMutableRawPointer?
    for header in ["Authorization: Bearer \(token)", "Content-Type: application/json", "Expect:"] {
      unsafe headers = unsafe curl_add_header(&library, headers, header)
    }
    let answer = UnsafeMutablePointer<curl_answer>.allocate(capacity: 1)
    unsafe answer.initialize(to: curl_answer())
    // Safe because the list of headers and the answer live as long as the handle.
    guard let handle = unsafe curl_open(&library, headers, answer, timeout, connectTimeout) else { return nil }
    return unsafe Connection(library: library, handle: handle, headers: headers, answer: answer)
  }

  private init(
    library: curl_library, handle: UnsafeMutableRawPointer, headers: UnsafeMutableRawPointer?,
    answer: UnsafeMutablePointer<curl_answer>
  ) {
    self.library = library
    unsafe self.handle = handle
    unsafe self.headers = headers
    unsafe self.answer = answer
  }

  deinit {
    var library = library
    unsafe curl_close(&library, handle, headers)
    unsafe answer.deallocate()
  }

  /// Posts a body.
  ///
  /// - Returns: the status, the start of the response body, and the number of seconds after which the server asks for a
  ///   retry (0 for none); nil if there was no response.
  mutating func post(_ body: [UInt8], to url: String) -> (status: Int, text: String, retryAfter: Int)? {
    unsafe answer.pointee.count = 0
    // Safe because the body is not used after the call.
    let status = unsafe body.withUnsafeBytes { bytes in
      unsafe curl_post(&library, handle, url, bytes.baseAddress, bytes.count)
    }
    guard status != 0 else { return nil }
    let text = unsafe withUnsafeBytes(of: &answer.pointee.bytes) { bytes in
      unsafe String(decoding: bytes.prefix(Int(answer.pointee.count)), as: UTF8.self)
    }
    return unsafe (status, text, curl_wait(&library, handle))
  }
}
