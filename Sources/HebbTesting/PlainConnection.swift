import Dispatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A connection to a server on this machine that sends whatever it is told to, as no client should.
///
/// One task at a time may use it. What waits does so on a thread of its own, since the server may need those of tasks.
package final class PlainConnection: @unchecked Sendable {
  private let descriptor: Int32

  /// - Parameter patience: seconds after which nothing more is awaited.
  package init?(port: Int, patience: Int = 60) {
    #if canImport(Glibc)
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var time = timeval(tv_sec: patience, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { return nil }
  }

  deinit { close(descriptor) }

  /// Sends what it can.
  package func send(_ bytes: [UInt8]) async {
    await PlainConnection.aside { [self] in
      var done = 0
      while done < bytes.count {
        let count = bytes[done...].withUnsafeBytes { write(descriptor, $0, flags: PlainConnection.flags) }
        guard count > 0 else { return }
        done += count
      }
    }
  }

  package func send(_ text: String) async { await send(Array(text.utf8)) }

  /// The next answer; nil where the server closed the connection or says nothing.
  package func answer(withoutBody: Bool = false) async -> Answer? {
    await PlainConnection.aside { [self] in read(withoutBody: withoutBody) }
  }

  package struct Answer: Sendable {
    package let status: Int
    package let head: String
    package let body: [UInt8]

    package var text: String { String(decoding: body, as: UTF8.self) }
  }

  private func read(withoutBody: Bool) -> Answer? {
    let end = Array("\r\n\r\n".utf8)
    while received.count < 4 || !received.suffix(4).elementsEqual(end) { guard take(1) else { return nil } }
    let head = String(decoding: received, as: UTF8.self)
    received = []
    guard let status = Int(head.split(separator: " ").dropFirst().first ?? "") else { return nil }
    let field = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
    let count = field.flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
    guard !withoutBody, count > 0 else { return Answer(status: status, head: head, body: []) }
    while received.count < count { guard take(count - received.count) else { return nil } }
    defer { received = [] }
    return Answer(status: status, head: head, body: received)
  }

  /// Whether the server has closed the connection, or does so in time.
  package func isClosed() async -> Bool {
    await PlainConnection.aside { [self] in
      while take(1 << 16) { received = [] }
      return ended
    }
  }

  private static func aside<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: body()) }
    }
  }

  private var received: [UInt8] = []
  private var ended = false

  private func take(_ limit: Int) -> Bool {
    var bytes = [UInt8](repeating: 0, count: min(limit, 1 << 16))
    let count = recv(descriptor, &bytes, bytes.count, 0)
    ended = ended || count == 0 || count < 0 && errno != EAGAIN && errno != EWOULDBLOCK
    guard count > 0 else { return false }
    received += bytes[..<count]
    return true
  }

  #if canImport(Darwin)
    private static let flags: Int32 = 0
  #else
    private static let flags = Int32(MSG_NOSIGNAL)
  #endif

  private func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, flags: Int32) -> Int {
    #if canImport(Glibc)
      Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
    #elseif canImport(Musl)
      Musl.send(descriptor, bytes.baseAddress, bytes.count, flags)
    #else
      Darwin.send(descriptor, bytes.baseAddress, bytes.count, flags)
    #endif
  }
}

extension PlainConnection {
  /// Sends a request, and gives its answer.
  package func ask(_ method: String, _ path: String, type: String? = nil, _ body: [UInt8] = []) async -> Answer? {
    let field = type.map { "Content-Type: \($0)\r\n" } ?? ""
    let length = method == "POST" ? "Content-Length: \(body.count)\r\n" : ""
    await send(Array("\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\(field)\(length)\r\n".utf8) + body)
    return await answer(withoutBody: method == "HEAD")
  }
}
