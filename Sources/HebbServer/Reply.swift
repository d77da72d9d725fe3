import HebbArrays

/// An answer.
public struct Reply: Sendable {
  /// The status of HTTP, such as 200.
  public var status: Int
  /// Such as `text/html`.
  public var type: String
  /// Further header fields.
  public var fields: [(name: String, value: String)]
  /// What is sent, as UTF-8 where it is text.
  public var body: [UInt8]

  /// An answer of text.
  public init(
    _ body: String, type: String = "text/plain; charset=utf-8", status: Int = 200,
    fields: [(name: String, value: String)] = []
  ) {
    (self.body, self.type, self.status, self.fields) = (Array(body.utf8), type, status, fields)
  }

  /// The answer to a request that is refused: its status, and `{"error": "one line"}`.
  init(_ refusal: Refusal) {
    let json = JSON.object([.init("error", .string(refusal.problem))])
    self.init("\(json)\n", type: "application/json", status: refusal.status, fields: refusal.fields)
  }
}

/// A request that is not served, and why.
public struct Refusal: Error, Sendable, CustomStringConvertible {
  /// The status of HTTP: 4xx where the client can do something about it.
  public let status: Int
  /// One line: what is wrong, and what to do.
  public let problem: String
  let fields: [(name: String, value: String)]

  /// Refuses a request with a status and one line.
  public init(_ status: Int, _ problem: String) { self.init(status, problem, fields: []) }

  init(_ status: Int, _ problem: String, fields: [(name: String, value: String)]) {
    (self.status, self.problem, self.fields) = (status, problem, fields)
  }

  /// The status and the line.
  public var description: String { "\(status): \(problem)" }

  /// There is too much to do.
  static let busy = Refusal(503, "too much to do at the moment; try again soon", fields: [("Retry-After", "1")])
  /// What was asked for takes too long.
  static let late = Refusal(504, "it takes too long; send less at a time, or let the service have more time")
  /// The request arrives too slowly.
  static let slow = Refusal(408, "the request did not arrive in time; send it faster")

  static func large(_ limit: Int) -> Refusal {
    Refusal(413, "the body has more than \(limit) bytes; send less at a time")
  }
}
