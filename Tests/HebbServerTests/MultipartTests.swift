import HebbArrays
import HebbServer
import Testing

/// Forms, those of browsers and those that nobody should send.
@Suite struct MultipartTests {
  private func parts(_ body: String, boundary: String = "x") throws -> [Multipart.Part] {
    let type = try #require(MediaType("multipart/form-data; boundary=\(boundary)"))
    return try Multipart(Array(body.utf8), type: type).parts
  }

  private func text(_ part: Multipart.Part) -> String { String(decoding: part.body, as: UTF8.self) }

  @Test func filesAndFields() throws {
    let found = try parts(
      "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\".png\"\r\nContent-Type: image/png\r\n\r\n"
        + "one\r\n\r\n--y--\n-\r\n--x\r\ncontent-disposition:form-data;name=line\r\n\r\n1\r\n--x\r\n"
        + "Content-Disposition: form-data; name=\"empty\"; filename=\"\"\r\n\r\n\r\n--x--\r\nwhatever")
    #expect(found.map(\.field) == ["file", "line", "empty"])
    #expect(found.map(\.file) == ["a \"b\".png", nil, ""])
    #expect(found.map(text) == ["one\r\n\r\n--y--\n-", "1", ""])
    #expect(try parts("before\r\n--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--x--").map(text) == ["b"])
    #expect(try parts("--x--\r\n").isEmpty)
  }

  /// A boundary that goes on is none, even where a part holds one.
  @Test func boundariesAreWhole() throws {
    let long = try parts(
      "--ab\r\nContent-Disposition: form-data; name=f\r\n\r\n\r\n--a\r\n--ab--", boundary: "\"ab\"")
    #expect(long.map(text) == ["\r\n--a"])
  }

  @Test(arguments: [
    "", "--", "--x", "--x\r\n", "--x\r\n\r\n", "--x\r\n\r\nbody\r\n--x--",
    "--x\nContent-Disposition: form-data; name=a\n\nb",
    "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nno end", "--y\r\n\r\n--y--",
    "--x\r\nContent-Disposition: form-data\r\n\r\nb\r\n--x--",
    "--x\r\nContent-Disposition: file; name=a\r\n\r\nb\r\n--x--",
    "--x\r\nContent-Disposition: form-data; name=\"a\r\n\r\nb\r\n--x--",
    "--x\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nb\r\n--x--",
    "--x\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\nb\r\n--x--",
    "--x\r\nX: " + String(repeating: "y", count: 5000) + "\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--x--",
    String(repeating: "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n", count: 1001) + "--x--",
    "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--xx\r\n\r\n--x--",
  ])
  func damagedFormsAreRefused(_ body: String) {
    let error = #expect(throws: Refusal.self) { try parts(body) }
    #expect(error?.status == 400 && error?.problem.contains("\n") == false)
  }

  /// Whatever the bytes are: parts, or a refusal.
  @Test func anyBytesDoNoHarm() throws {
    var random = Philox(seed: 5)
    let words = ["--x", "\r\n", "--", "x", ":", "Content-Disposition: form-data; name=a", "\"", ";", "=", "\r", "\0"]
    for _ in 0..<2000 {
      let body = (0..<Int.random(in: 0...12, using: &random)).map { _ in words.randomElement(using: &random)! }
      if let found = try? parts(body.joined()) { #expect(found.count <= 12) }
    }
    let type = try #require(MediaType("multipart/form-data; boundary=x"))
    let zeros = [UInt8](repeating: 13, count: 4_000_000)
    #expect(throws: Refusal.self) { try Multipart(zeros, type: type) }
  }

  @Test func boundariesAreAsked() throws {
    for text in ["multipart/form-data", "multipart/form-data; boundary=\"\"", "multipart/form-data; charset=x"] {
      let type = try #require(MediaType(text))
      #expect(throws: Refusal.self) { try Multipart(Array("--x--".utf8), type: type) }
    }
  }

  @Test func mediaTypes() {
    #expect(MediaType("Image/PNG")?.name == "image/png")
    #expect(MediaType(" image/png ; q=\"a;\\\"b\" ")?.name == "image/png")
    for text in [
      "", ";", "png", "a/b/c", "image/png; q", "image/png; q=1; Q=2", "image/png; q=\"a", "image/png; q=\"a\"b",
    ] {
      #expect(MediaType(text) == nil, "\(text)")
    }
  }
}
