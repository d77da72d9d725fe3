import NIOCore

/// What is done for one path and method.
public struct Route: Sendable {
  /// Answers a request; a ``Refusal`` that is thrown is sent, any other error gives 500.
  public typealias Handler = @Sendable (Call) async throws -> Reply

  let method: String
  let path: String
  /// The types that a body may have; nil where no body is read.
  let types: [String]?
  let handler: Handler

  /// Something to look at; `HEAD` is answered too.
  public static func get(_ path: String, handler: @escaping Handler) -> Route {
    Route(method: "GET", path: path, types: nil, handler: handler)
  }

  /// Something to be done with a body.
  ///
  /// - Parameter types: those that are taken, such as `image/png`; a request with another is refused (415).
  public static func post(_ path: String, types: [String], handler: @escaping Handler) -> Route {
    Route(method: "POST", path: path, types: types, handler: handler)
  }
}

/// A request that has arrived.
public struct Call: Sendable {
  /// Without the options.
  public let path: String
  /// The options behind the question mark; of one that is given twice the last counts.
  public let query: [String: String]
  /// The body's type; nil where the request does not say it.
  public let type: MediaType?
  /// All of it; empty where the route takes none.
  public let body: [UInt8]

  let deadline: NIODeadline
  let workers: Workers
  let loop: any EventLoop

  /// Does long work on a thread of its own, in turn with that of other requests; nothing else waits for it.
  ///
  /// - Throws: ``Refusal`` where there is too much to do or where the work takes too long; what `body` throws.
  public func work<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await workers.run(body, until: deadline, on: loop)
  }

  /// To be called now and then where work has many parts.
  ///
  /// - Throws: ``Refusal`` where nobody waits any longer.
  public func checkTime() throws(Refusal) { if NIODeadline.now() >= deadline { throw .late } }
}
