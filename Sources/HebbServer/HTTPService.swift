import Dispatch
import HTTPTypes
import HebbArrays
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// A web service: some routes, and limits to what it takes on.
///
///     let service = HTTPService([.get("/") { _ in Reply("hello") }])
///     try service.run(host: "127.0.0.1", port: 8080) { address in print("serving at http://\(address)") }
///
/// Beside its routes it answers `GET /health` and `GET /metrics` (in Prometheus' format). Whatever a client sends, it gets an
/// answer, one line of JSON where it is refused, and costs no more memory and time than the limits say.
public final class HTTPService: Sendable {
  /// What it takes on.
  public let limits: ServiceLimits
  let routes: [Route]
  let workers: Workers
  let metrics = ServiceMetrics()
  let logger: Logger
  /// How many bytes of bodies are held.
  let held = Atomic<Int>(0)

  /// A service of these routes, which is run once.
  ///
  /// - Parameter logger: gets a line for each request, of level `info`.
  public init(
    _ routes: [Route], limits: ServiceLimits = ServiceLimits(),
    logger: Logger = Logger(label: "hebb", factory: { _ in SwiftLogNoOpLogHandler() })
  ) {
    self.limits = limits
    self.logger = logger
    workers = Workers(limits)
    let metrics = metrics
    self.routes =
      routes + [
        .get("/health") { _ in Reply("ok\n") },
        .get("/metrics") { _ in Reply(metrics.text, type: "text/plain; version=0.0.4; charset=utf-8") },
      ]
  }

  /// Serves until the process gets SIGINT or SIGTERM; requests that have arrived are answered first.
  ///
  /// - Parameters:
  ///   - port: 0 takes one that is free.
  ///   - listening: gets the address, such as `127.0.0.1:8080` or `[::1]:8080`, once requests are taken.
  /// - Throws: `DataError` where nothing can be served at that address.
  public func run(
    host: String, port: Int, listening: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(DataError) {
    require((0...65535).contains(port), "HTTPService: there is no port \(port)")
    let name = host.contains(":") ? "[\(host)]" : host
    let result = Mutex<Result<Void, any Error>>(.success(()))
    let done = DispatchSemaphore(value: 0)
    Task {
      do {
        try await serve(host: host, port: port, untilSignal: true) { listening("\(name):\($0)") }
      } catch {
        result.withLock { $0 = .failure(error) }
      }
      done.signal()
    }
    done.wait()
    if case .failure(let error) = result.withLock({ $0 }) { throw .listening(at: "\(name):\(port)", error) }
  }

  /// Serves until its task is cancelled, or until a signal comes.
  ///
  /// - Parameter listening: gets the port once requests are taken.
  package func serve(
    host: String, port: Int, untilSignal: Bool = false, listening: @escaping @Sendable (Int) -> Void
  ) async throws {
    defer { workers.end() }
    // What the server itself has to say, of clients that went away, is of no use to anybody.
    let silent = Logger(label: "server", factory: { _ in SwiftLogNoOpLogHandler() })
    // A body that stops coming is answered before its connection is closed for being idle.
    let idle = TimeAmount(limits.timeout + .seconds(30))
    let server = try HTTPServerBuilder.http1(configuration: .init(idleTimeout: idle)).buildServer(
      configuration: ServerConfiguration(
        address: .hostname(host, port: port),
        availableConnectionsDelegate: .maximum(limits.connections, logger: silent)),
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: silent,
      responder: { [self] request, writer, channel in
        try await Exchange(of: self, request, on: channel).run(writer)
      },
      onServerRunning: { channel in listening(channel.localAddress?.port ?? port) })
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)],
      gracefulShutdownSignals: untilSignal ? [.sigint, .sigterm] : [], logger: silent)
    configuration.maximumGracefulShutdownDuration = limits.timeout
    try await ServiceGroup(configuration: configuration).run()
  }
}
