import Foundation
import HebbArrays
import HebbFiles
import HebbTesting
import Testing

extension Tool {
  /// Starts `hebb ocr serve` on a free port.
  func serve(_ arguments: String...) async throws -> (process: Process, port: Int) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Tool.path)
    process.arguments = ["ocr", "serve", "--port", "0"] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder, "HEBB_THREADS": "2"]
    try write(Data(), to: "serve.out")
    try write(Data(), to: "serve.err")
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/serve.out"))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/serve.err"))
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    try process.run()
    while process.isRunning {
      let words = String(decoding: try bytes("serve.out"), as: UTF8.self)
      if words.hasSuffix("\n"), let port = Int(words.dropLast().split(separator: ":").last ?? "") {
        return (process, port)
      }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw DataError("hebb ocr serve", String(decoding: try bytes("serve.err"), as: UTF8.self), advice: "see above")
  }
}

/// The service of the built command, with clients that behave and many that do not.
@Suite struct ServeTests {
  private struct Case {
    let words: String
    let status: Int
    var method = "POST"
    var path = "/ocr?line=1"
    var type: String? = "image/png"
    var body: [UInt8] = []
    var answer = ""
  }

  private static func form(_ files: [(String, [UInt8])], fields: [(String, String)] = []) -> [UInt8] {
    var body: [UInt8] = []
    for (name, bytes) in files {
      body += "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n".utf8 + bytes
      body += "\r\n".utf8
    }
    for (name, value) in fields {
      body += "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
    }
    return body + "--b--\r\n".utf8
  }

  private static func cases(_ line: [UInt8], _ bomb: [UInt8]) -> [Case] {
    let form = "multipart/form-data; boundary=b"
    let damaged = line.enumerated().map { $0 > 60 && $0 % 3 == 0 ? ~$1 : $1 }
    return [
      Case(words: "wrong method", status: 405, method: "GET"),
      Case(words: "unknown path", status: 404, path: "/ocr/", body: line),
      Case(words: "wrong type", status: 415, type: "text/html", body: line),
      Case(words: "no type at all", status: 415, type: "???", body: line),
      Case(words: "empty", status: 400, answer: "the body is empty"),
      Case(words: "half a picture", status: 422, body: Array(line.prefix(line.count / 2))),
      Case(words: "signature alone", status: 422, body: Array(line.prefix(8))),
      Case(words: "damaged", status: 422, body: damaged),
      Case(words: "no picture", status: 422, body: Array("hello".utf8), answer: "neither a PNG nor a JPEG"),
      Case(words: "half a JPEG", status: 422, type: "image/jpeg", body: [0xFF, 0xD8, 0xFF, 0xE0, 0, 16]),
      Case(words: "bomb", status: 422, body: bomb, answer: "pixels are outside"),
      Case(words: "too large", status: 413, body: [UInt8](repeating: 0, count: 100_001)),
      Case(words: "no boundary", status: 400, type: "multipart/form-data", body: ServeTests.form([("a", line)])),
      Case(words: "garbage form", status: 400, type: form, body: Array("--b\r\ngarbage".utf8)),
      Case(words: "form without files", status: 400, type: form, body: ServeTests.form([], fields: [("line", "1")])),
      Case(
        words: "one of two files", status: 422, type: form,
        body: ServeTests.form([("a.png", line), ("../b\u{1B}.png", [1, 2])]), answer: "b\u{FFFD}.png"),
      Case(words: "unknown option", status: 400, path: "/ocr?formt=json", body: line, answer: "formt"),
      Case(words: "unknown format", status: 400, path: "/ocr?format=pdf", body: line),
      Case(words: "no range", status: 400, path: "/ocr?alphabet=9-0", body: line, answer: "no range"),
      Case(
        words: "unknown characters", status: 400, path: "/ocr?alphabet=%E2%82%AC", body: line, answer: "none of them"),
    ]
  }

  @Test func itKeepsAnsweringWhateverComes() async throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.writeLines(to: "lines")
    let train = try tool.run(
      "ocr", "train", "--images", "lines", "--labels", "lines.tsv", "--epochs", "60", "--out", "run")
    #expect(train.code == 0, "\(train)")
    let (process, port) = try await tool.serve(
      "--model", "run", "--max-bytes", "100k", "--max-pixels", "0.5M", "--timeout", "5", "--log")
    defer { process.terminate() }
    let line = PNG.encode(Tool.bars("acb"))
    let bomb = PNG.encode(NDArray([UInt8](repeating: 200, count: 1_000_000), shape: [1000, 1000, 1]))
    try await answersAreRight(port, line)

    let start = try await memory(port)
    let cases = ServeTests.cases(line, bomb)
    // Some that send nothing more, and take no answer.
    var hanging: [PlainConnection] = []
    for text in ["", "POST", "POST /ocr HTTP/1.1\r\nContent-Length: 50000\r\n\r\n\u{89}PNG", "\0\0\0\r\n\r\n"] {
      for _ in 0..<5 {
        let client = try #require(PlainConnection(port: port))
        await client.send(text)
        hanging.append(client)
      }
    }
    await withTaskGroup { group in
      for worker in 0..<4 {
        group.addTask {
          for turn in 0..<50 {
            let example = cases[(worker * 50 + turn) % cases.count]
            let client = PlainConnection(port: port)
            let found = await client?.ask(example.method, example.path, type: example.type, example.body)
            #expect(found?.status == example.status, "\(example.words): \(found as Any)")
            #expect(
              example.answer.isEmpty || found?.text.contains(example.answer) == true,
              "\(example.words): \(found as Any)")
            let json = try? JSON(parsing: found?.body ?? [], file: "answer")
            #expect(json?["error"]?.string?.contains("\n") == false, "\(example.words): \(found as Any)")
            guard turn % 5 == 0 else { continue }
            let good = await PlainConnection(port: port)?.ask("POST", "/ocr?line=1", type: "image/png", line)
            #expect(good?.status == 200 && good?.text == "acb\n", "\(good as Any)")
          }
        }
      }
    }
    for text in ["GET / HTTP/9.9\r\n\r\n", "nonsense\r\n\r\n", "GET / HTTP/1.1\r\nA\0: b\r\n\r\n"] {
      let client = try #require(PlainConnection(port: port))
      await client.send(text)
      let answer = await client.answer()
      #expect(answer == nil || answer?.status == 400, "\(text): \(answer as Any)")
    }
    #expect(await hanging[10].answer()?.status == 408)
    hanging = []
    try await answersAreRight(port, line)
    let growth = try await memory(port) - start
    #expect(growth < 60_000_000, "\(growth) bytes more")

    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0 && process.terminationReason == .exit)
    let log = String(decoding: try tool.bytes("serve.err"), as: UTF8.self).split(separator: "\n")
    #expect(log.count > 240 && log.contains { $0.contains("POST /ocr 200") }, "\(log.prefix(3))")
  }

  private func answersAreRight(_ port: Int, _ line: [UInt8]) async throws {
    let client = try #require(PlainConnection(port: port))
    let text = await client.ask("POST", "/ocr?line=1", type: "image/png", line)
    #expect(text?.text == "acb\n", "\(text as Any)")
    let json = try #require(await client.ask("POST", "/ocr?line=1&format=json&alphabet=ab", line))
    let page = try JSON(parsing: json.body, file: "answer")
    #expect(json.head.contains("application/json") && page["width"]?.integer == 56, "\(json)")
    #expect(page["text"]?.string?.allSatisfy { "ab".contains($0) } == true, "\(json)")
    let type = "multipart/form-data; boundary=b"
    let files = [("a.png", line), ("b.png", line)]
    for (format, start) in [
      ("text", "a.png:\nacb\n\nb.png:\nacb\n"), ("json", "[{\"file\":\"a.png\""), ("tsv", "file\t"),
    ] {
      let body = ServeTests.form(files, fields: [("format", format), ("line", "1")])
      let several = await client.ask("POST", "/ocr", type: type, body)
      #expect(several?.status == 200 && several?.text.hasPrefix(start) == true, "\(several as Any)")
    }
    let page1 = await client.ask("POST", "/ocr?format=hocr", type: "image/png", line)
    #expect(page1?.text.contains("ocr_page") == true, "\(page1 as Any)")
    let html = try #require(await client.ask("GET", "/"))
    #expect(html.head.contains("default-src 'none'") && html.text.contains("Drop a picture"))
    // Nothing from elsewhere: the one address is the name of SVG.
    #expect(html.text.components(separatedBy: "http").count == 2)
    #expect(await client.ask("GET", "/health")?.text == "ok\n")
  }

  private func memory(_ port: Int) async throws -> Int {
    let text = try #require(await PlainConnection(port: port)?.ask("GET", "/metrics")).text
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("process_resident_memory_bytes") })
    return try #require(Int(line.split(separator: " ").last ?? ""))
  }

  @Test func whatCannotBeServedIsToldInOneLine() throws {
    let tool = try Tool()
    defer { tool.clean() }
    for (arguments, words) in [
      (["--model", "nowhere"], "nowhere"), (["--model", "x", "--max-bytes", "1T"], "1T"),
      (["--model", "x", "--timeout", "0"], "--timeout"), (["--model", "x", "--port", "70000"], "--port"),
    ] {
      let result = try tool.run(all: ["ocr", "serve"] + arguments)
      #expect(result.code == 2 && result.errors.contains(words), "\(arguments): \(result)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(arguments): \(result)")
    }
  }
}
