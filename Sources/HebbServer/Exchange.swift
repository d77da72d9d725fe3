import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore

/// One request, from its head to the end of its answer.
struct Exchange {
  let service: HTTPService
  let request: Request
  let channel: any Channel
  let start = NIODeadline.now()

  init(of service: HTTPService, _ request: Request, on channel: any Channel) {
    (self.service, self.request, self.channel) = (service, request, channel)
  }

  /// Answers. Throws where the connection broke, or where what came is not HTTP: the server then closes it.
  func run(_ writer: consuming ResponseWriter) async throws {
    service.metrics.begin()
    var body: RequestBytes?
    var status = 499  // the client went away
    var sent = 0
    defer { finish(status: status, received: body?.bytes.count ?? 0, sent: sent) }
    let reply: Reply
    do {
      let route = try route()
      if route.types != nil {
        try checkHead(route)
        if request.headers[.expect]?.lowercased() == "100-continue" {
          try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        body = try await RequestBytes.taking(request.body, of: service, until: deadline)
      }
      reply = try await answer(route, body?.bytes ?? [])
    } catch let refusal as Refusal {
      reply = Reply(refusal)
    }
    // A body that was not read is in the way of the next request: what comes of it in a moment is read and thrown away, so
    // that the client sees the answer, and the connection ends.
    let isLast = hasBody && body == nil
    let alarm = channel.eventLoop.scheduleTask(in: TimeAmount(service.limits.timeout)) { [channel] in
      channel.close(promise: nil)  // The client does not take its answer.
    }
    defer { alarm.cancel() }
    let length = request.method == .head ? 0 : reply.body.count
    try await writer.write(
      response: head(of: reply, isLast: isLast),
      body: length == 0 ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
    (status, sent) = (reply.status, length)
    if isLast {
      channel.eventLoop.scheduleTask(in: Exchange.patience) { [channel] in channel.close(promise: nil) }
    }
  }

  private func answer(_ route: Route, _ body: [UInt8]) async throws -> Reply {
    do {
      return try await route.handler(
        Call(
          path: path, query: query, type: type, body: body, deadline: deadline, workers: service.workers,
          loop: channel.eventLoop))
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      service.logger.error("\(error)")
      throw Refusal(500, "something went wrong here")
    }
  }

  /// How long the rest of a refused request is read.
  private static let patience = TimeAmount.seconds(1)

  private var deadline: NIODeadline { start + TimeAmount(service.limits.timeout) }
  private var path: String { request.uri.path }
  private var type: MediaType? { request.headers[.contentType].flatMap { MediaType($0) } }
  private var query: [String: String] {
    Dictionary(request.uri.queryParameters.map { (String($0.key), String($0.value)) }) { $1 }
  }

  private var hasBody: Bool {
    request.headers[.transferEncoding] != nil || (request.headers[.contentLength] ?? "0") != "0"
  }

  private func route() throws(Refusal) -> Route {
    let routes = service.routes.filter { $0.path == path }
    let method = request.method.rawValue
    guard !routes.isEmpty else { throw Refusal(404, "there is nothing here; see /") }
    if let route = routes.first(where: { $0.method == method || $0.method == "GET" && method == "HEAD" }) {
      return route
    }
    let allowed = routes.map(\.method).joined(separator: ", ")
    throw Refusal(405, "use \(allowed) here", fields: [("Allow", allowed)])
  }

  /// What can be said before the body has come.
  private func checkHead(_ route: Route) throws(Refusal) {
    if let given = request.headers[.contentType], let types = route.types {
      guard let type = MediaType(given), types.contains(type.name) else {
        throw Refusal(415, "the body's type is not one that is taken; send \(types.joined(separator: ", "))")
      }
    }
    if let length = request.headers[.contentLength].flatMap(Int.init), length > service.limits.bytes {
      throw .large(service.limits.bytes)
    }
    guard !service.workers.areBusy else { throw .busy }
  }

  private func head(of reply: Reply, isLast: Bool) -> HTTPResponse {
    var fields = HTTPFields()
    fields[.contentType] = reply.type
    fields[.contentLength] = String(reply.body.count)
    fields[.cacheControl] = "no-store"
    fields[.xContentTypeOptions] = "nosniff"
    for (name, value) in reply.fields {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    if isLast { fields[.connection] = "close" }
    return HTTPResponse(status: .init(integerLiteral: reply.status), headerFields: fields)
  }

  private func finish(status: Int, received: Int, sent: Int) {
    let seconds = Double((NIODeadline.now() - start).nanoseconds) / 1e9
    service.metrics.end(status: status, seconds: seconds, received: received, sent: sent)
    let shown = String(
      String.UnicodeScalarView(path.unicodeScalars.filter { (33..<127).contains($0.value) }.prefix(200)))
    service.logger.info(
      "\(request.method.rawValue) \(shown) \(status)",
      metadata: [
        "seconds": "\((seconds * 1000).rounded() / 1000)", "received": "\(received)", "sent": "\(sent)",
      ])
  }
}
