import Collecting
import Dispatch
import Hummingbird
import HummingbirdCore
import Importing
import Logging
import NIOCore
import Synchronization

/// The collect API and the live dashboard over HTTP.
///
/// It writes no log of requests: neither addresses nor user agents leave it but into the privacy pipeline.
public struct Server: Sendable {
  private let options: ServeOptions
  private let routes: Routes

  /// Opens everything a server needs, and does not listen yet.
  ///
  /// - Parameter onProblem: told of each thing that goes wrong while it runs.
  /// - Throws: ``ImportFailure``, ``StoreError``, ``VaultError``.
  public init(_ options: ServeOptions, onProblem: @escaping @Sendable (String) -> Void) throws {
    self.options = options
    let database = options.counting.database
    let counting = try LiveCounting(options.counting)
    let tokens = try TokenList(database: database)
    let access = Access(tokens: tokens, requiresToken: options.requiresToken)
    routes = Routes(
      collect: CollectRoute(
        access: access, proxies: try Self.proxies(options.counting.reading.trustedProxies),
        queue: CollectQueue(counting, tokens: tokens, onProblem: onProblem)),
      dashboard: try DashboardRoute(database: database, access: access), onProblem: onProblem)
  }

  private static func proxies(_ texts: [String]) throws -> TrustedProxies {
    do {
      return try TrustedProxies(texts)
    } catch {
      throw ImportFailure.usage("--trusted-proxy: \(error.description)")
    }
  }

  /// Serves until it is told to end (SIGTERM, SIGINT); what was taken is answered and kept before this returns.
  ///
  /// - Parameter onReady: told the port once it listens.
  /// - Throws: ``ImportFailure`` where it cannot listen there.
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
      throw ImportFailure.failed("cannot serve at \(options.host), port \(options.port): \(problem)")
    }
  }

  private func application(_ onReady: @escaping @Sendable (Int) -> Void) -> some ApplicationProtocol {
    // Its messages may name addresses of clients.
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
