import Foundation
import HebbArrays
import HebbServer
import HebbTesting
import Testing

/// A service on a free port of this machine, and clients of all kinds.
@Suite struct HTTPServiceTests {
  /// What `/wait` waits for.
  private static let gate = DispatchSemaphore(value: 0)

  private static let routes: [Route] = [
    .get("/") { _ in Reply("hello") },
    .post("/length", types: ["text/plain", "multipart/form-data"]) { call in
      try await call.work { Reply("\(call.body.count) \(call.query["a"] ?? "-") \(call.type?.name ?? "-")") }
    },
    .post("/wait", types: ["text/plain"]) { call in
      try await call.work {
        gate.wait()
        return Reply("waited")
      }
    },
    .post("/fail", types: ["text/plain"]) { _ in throw CocoaError(.fileNoSuchFile) },
  ]

  private func withService(_ limits: ServiceLimits, _ body: (Int) async throws -> Void) async throws {
    let service = HTTPService(HTTPServiceTests.routes, limits: limits)
    let (ports, said) = AsyncStream.makeStream(of: Int.self)
    let task = Task { try await service.serve(host: "127.0.0.1", port: 0) { said.yield($0) } }
    var iterator = ports.makeAsyncIterator()
    let port = try #require(await iterator.next())
    try await body(port)
    task.cancel()
    _ = await task.result
  }

  @Test func requestsAreAnswered() async throws {
    try await withService(ServiceLimits(bytes: 100_000, concurrent: 2)) { port in
      // All on one connection.
      let client = try #require(PlainConnection(port: port))
      for (method, path, type, body, status, answer) in [
        ("GET", "/", nil, "", 200, "hello"), ("HEAD", "/", nil, "", 200, ""), ("GET", "/health", nil, "", 200, "ok\n"),
        ("POST", "/length?a=1&a=%C3%A9", "text/plain; charset=x", "abc", 200, "3 é text/plain"),
        ("POST", "/length", nil, "", 200, "0 - -"), ("GET", "/?", nil, "", 200, "hello"),
        ("GET", "/gone", nil, "", 404, "{\"error\":\"there is nothing here"),
        ("GET", "/../etc/passwd", nil, "", 404, "{\"error\":\"there is nothing here"),
        ("GET", "/length", nil, "", 405, "{\"error\":\"use POST here"),
        ("POST", "/fail", "text/plain", "abc", 500, "{\"error\":\"something went wrong here"),
      ] as [(String, String, String?, String, Int, String)] {
        let found = try #require(await client.ask(method, path, type: type, Array(body.utf8)), "\(method) \(path)")
        #expect(found.status == status && found.text.hasPrefix(answer), "\(path): \(found)")
        #expect(found.head.lowercased().contains("x-content-type-options: nosniff"))
      }
      let metrics = try #require(await client.ask("GET", "/metrics")).text
      for line in [
        "hebb_requests_total{status=\"200\"} 6", "hebb_requests_total{status=\"404\"} 2", "hebb_requests_in_flight 1",
        "hebb_request_seconds_count 10", "hebb_received_bytes_total 6", "# TYPE hebb_request_seconds histogram",
      ] { #expect(metrics.contains(line + "\n"), "\(line): \(metrics)") }
    }
  }

  /// Large bodies, by their length or by what comes; the answer is there before all of them was sent.
  @Test func largeBodiesAreRefused() async throws {
    try await withService(ServiceLimits(bytes: 1000)) { port in
      let head = "POST /length HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
      for (text, status) in [
        ("Content-Length: 1001\r\n\r\n", 413), ("Content-Length: 999999999999\r\n\r\n", 413),
        ("Transfer-Encoding: chunked\r\n\r\n400\r\n\(String(repeating: "a", count: 1024))\r\n", 413),
        ("Content-Length: 99999999999999999999999\r\n\r\n", 400), ("Content-Length: -1\r\n\r\n", 400),
        ("Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400), ("Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
      ] {
        let client = try #require(PlainConnection(port: port))
        await client.send(head + text)
        #expect(await client.answer()?.status == status, "\(text.prefix(60))")
        #expect(await client.isClosed(), "\(text.prefix(60))")
      }
      let client = try #require(PlainConnection(port: port))
      #expect(
        await client.ask("POST", "/length", type: "text/plain", [UInt8](repeating: 1, count: 1000))?.status == 200)
      await client.send(head + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
      #expect(await client.answer()?.status == 100)
      await client.send("ab")
      #expect(await client.answer()?.status == 200)
      #expect(await client.ask("POST", "/length", type: "application/json", [1])?.status == 415)
    }
  }

  /// Of three jobs one is done, one waits, and one is refused at once. What takes too long, and bodies that do not come, are
  /// refused after their time; a job that nobody waits for is done to its end.
  @Test func timeAndTurnsAreLimited() async throws {
    try await withService(ServiceLimits(timeout: .seconds(100), concurrent: 1, waiting: 1)) { port in
      let found = await withTaskGroup(of: PlainConnection.Answer?.self) { group in
        for _ in 0..<3 { group.addTask { await PlainConnection(port: port)?.ask("POST", "/wait", [1]) } }
        var found: [PlainConnection.Answer?] = []
        for await answer in group {
          found.append(answer)
          if found.count == 1 {
            // Those who do not want work are answered all the time.
            found.append(await PlainConnection(port: port)?.ask("GET", "/"))
            for _ in 0..<2 { HTTPServiceTests.gate.signal() }
          }
        }
        return found
      }
      #expect(found.map { $0?.status } == [503, 200, 200, 200])
      #expect(found[0]?.head.lowercased().contains("retry-after: 1") == true)
    }
    try await withService(ServiceLimits(timeout: .milliseconds(300), concurrent: 1, waiting: 1)) { port in
      for _ in 0..<2 {
        #expect(await PlainConnection(port: port)?.ask("POST", "/wait", [1])?.status == 504)
      }
      // The second was not begun.
      HTTPServiceTests.gate.signal()
      var status: Int?
      repeat {  // until the thread is free again
        let slow = try #require(PlainConnection(port: port))
        await slow.send("POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
        status = await slow.answer()?.status
      } while status == 503
      #expect(status == 408)
    }
  }

  @Test func addressesThatCannotBeServed() async throws {
    try await withService(ServiceLimits()) { port in
      for (host, port) in [("203.0.113.1", 1), ("127.0.0.1", port)] {
        let error = await withCheckedContinuation { continuation in
          DispatchQueue.global().async {
            do throws(DataError) {
              try HTTPService([]).run(host: host, port: port)
              continuation.resume(returning: "")
            } catch {
              continuation.resume(returning: error.description)
            }
          }
        }
        #expect(error.contains("nothing can be served there: ") && error.contains("\(host):\(port)"), "\(error)")
        #expect(!error.contains("Error"), "\(error)")
      }
    }
  }
}
