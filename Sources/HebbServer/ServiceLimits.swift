/// How much a service takes on.
public struct ServiceLimits: Sendable {
  /// A request's body may have so many bytes; a larger one is refused (413).
  public var bytes: Int
  /// A request is answered in this time, its arrival and the waiting for others included, or refused (408, 503 or 504).
  public var timeout: Duration
  /// So many jobs are done at once.
  public var concurrent: Int
  /// So many more may wait for their turn; beyond that requests are refused (503).
  public var waiting: Int
  /// So many connections are open at once; further ones wait to be taken.
  public var connections: Int

  /// Limits for a service at which few people work; of one that serves many `concurrent` is the number of cores.
  ///
  /// - Parameter waiting: four times as many as are done at once by default.
  public init(
    bytes: Int = 16_000_000, timeout: Duration = .seconds(30), concurrent: Int = 1, waiting: Int? = nil,
    connections: Int = 512
  ) {
    self.bytes = bytes
    self.timeout = timeout
    self.concurrent = concurrent
    self.waiting = waiting ?? 4 * concurrent
    self.connections = connections
  }

  /// All bodies that are held at once have no more bytes than this, so that clients that send slowly cannot fill the memory.
  var heldBytes: Int {
    let (count, overflow) = bytes.multipliedReportingOverflow(by: concurrent + waiting)
    return overflow ? .max : count
  }
}
