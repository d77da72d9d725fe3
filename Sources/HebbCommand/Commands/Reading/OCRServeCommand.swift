import ArgumentParser
import Hebb
import HebbArrays
import HebbServer
import Logging

/// `hebb ocr serve`: reads pictures that come over HTTP.
struct OCRServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Read pictures that are sent over HTTP, or dropped on a page in a browser.",
    discussion: """
      hebb ocr serve
      curl -F file=@page.png http://127.0.0.1:8080/ocr
      curl -H "Content-Type: image/png" --data-binary @line.png \\
        "http://127.0.0.1:8080/ocr?format=json&line=1&alphabet=0-9A-Z"

      POST /ocr takes a PNG or JPEG picture, or a form with one or several files, and the options format=text, tsv, json or \
      hocr, line=1 and alphabet=…; GET / is the page, GET /health and GET /metrics are for those who watch over it. Whoever \
      can reach the address can use it: there are no passwords and no TLS. Ctrl+C ends it once what has come is answered.
      """)

  @OptionGroup var reading: ReadingOptions

  @Option(help: ArgumentHelp("The address to listen at; 0.0.0.0 is all of this machine's.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("The port; 0 takes a free one.", valueName: "n"))
  var port = 8080

  @Option(help: ArgumentHelp("The size of a request, at most.", valueName: "bytes"))
  var maxBytes = Amount(16_000_000)

  @Option(help: ArgumentHelp("The size of a picture, at most; checked before memory is taken.", valueName: "pixels"))
  var maxPixels = Amount(40_000_000)

  @Option(help: ArgumentHelp("How long a request may take.", valueName: "seconds"))
  var timeout = 30

  @Option(
    help: ArgumentHelp(
      "How many requests are read at once, as many as threads by default; four times as many wait, further ones are refused.",
      valueName: "n"))
  var concurrent: Int?

  @Flag(help: "Write a line for each request to the error output.")
  var log = false

  func validate() throws {
    guard (0...65535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
    guard (1...1_000_000_000).contains(maxBytes.count) else {
      throw ValidationError("--max-bytes must be from 1 to 1G")
    }
    guard (1...1_000_000_000).contains(maxPixels.count) else {
      throw ValidationError("--max-pixels must be from 1 to 1G")
    }
    guard (1...3600).contains(timeout) else { throw ValidationError("--timeout must be from 1 to 3600") }
    if let concurrent, !(1...256).contains(concurrent) { throw ValidationError("--concurrent must be from 1 to 256") }
  }

  func run() throws {
    reading.work.apply()
    let readers = try reading.readers()
    let service = OCRService(readers: readers, decoding: try reading.decoding(readers), pixelLimit: maxPixels.count)
    let limits = ServiceLimits(
      bytes: maxBytes.count, timeout: .seconds(timeout), concurrent: concurrent ?? ThreadPool.shared.threads)
    let log = log
    let logger = Logger(label: "hebb") { label -> any LogHandler in
      guard log else { return SwiftLogNoOpLogHandler() }
      return StreamLogHandler.standardError(label: label)
    }
    try HTTPService(service.routes, limits: limits, logger: logger).run(host: host, port: port) { address in
      Console.line("reading at http://\(address)")
    }
  }
}
