import Collecting
import Dispatch
import Hummingbird
import HummingbirdCore
import Importing
import Logging
import NIOCore
import Reporting
import Synchronization

/// The collect API and the live dashboard over HTTP.
///
/// It does not log requests: addresses and user agents go to the privacy pipeline and nowhere else.
public struct Server: Sendable {
  private let options: ServeOptions
  private let routes: Routes

  /// Opens everything that the server needs, without listening yet.
  ///
  /// - Parameter onProblem: called with each problem while the server runs.
  /// - Throws: ``ImportFailure``, ``StoreError``, ``VaultError``.
  public init(_ options: ServeOptions, onProblem: @escaping @Sendable (String) -> Void) throws {
    self.options = options
    let database = options.counting.database
    let counting = try LiveCounting(options.counting)
    let tokens = try TokenList(database: database)
    let outlines = try RuleData(folder: options.counting.rules.folder).outlines
    let access = Access(tokens: tokens, requiresToken: options.requiresToken)
    routes = Routes(
      collect: CollectRoute(
        access: access, proxies: try Self.proxies(options.counting.reading.trustedProxies),
        queue: CollectQueue(counting, tokens: tokens, onProblem: onProblem)),
      dashboard: try DashboardRoute(database: database, outlines: CountryOutlines(outlines), access: access),
      onProblem: onProblem)
  }

  private static func proxies(_ texts: [String]) throws -> TrustedProxies {
    do {
      return try TrustedProxies(texts)
    } catch {
      throw ImportFailure.usage("--trusted-proxy: \(error.description)")
    }
  }

  /// Serves until SIGTERM or SIGINT. All accepted requests are answered and stored before this returns.
  ///
  /// - Parameter onReady: called with the port once the server listens.
  /// - Throws: ``ImportFailure`` if the server cannot listen on the address.
  public func run(onReady: @escaping @Sendable (Int) -> Void) throws {
    let ended = DispatchSemaphore(value: 0)
    let problem = Mutex<String?>(nil)
    Task {
      do {
        try await application(onReady).runService()
      } catch {
        problem.withLock { $0 = "\(error)" }
      }
      ended.signal()
    }
    ended.wait()
    routes.collect.queue.close()
    if let problem = problem.withLock({ $0 }) {
      throw ImportFailure.failed("cannot serve on \(options.host), port \(options.port): \(problem)")
    }
  }

  private func application(_ onReady: @escaping @Sendable (Int) -> Void) -> some ApplicationProtocol {
    // The framework's log messages may contain addresses of clients.
    let silent = Logger(label: "footfall") { _ in SwiftLogNoOpLogHandler() }
    let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
      maxHeaderFieldSize: Limits.headers, maxHeaderListSize: Limits.headers, maxHeaderFieldCount: Limits.headerFields)
    return Application(
      responder: routes,
      server: .http1(
        configuration: HTTP1Channel.Configuration(
          additionalChannelHandlers: [RequestDeadline()], httpDecoderConfiguration: decoder)),
      configuration: ApplicationConfiguration(
        address: .hostname(options.host, port: options.port),
        availableConnectionsDelegate: MaximumAvailableConnections(Limits.connections)),
      onServerRunning: { channel in onReady(channel.localAddress?.port ?? 0) }, logger: silent)
  }
}
