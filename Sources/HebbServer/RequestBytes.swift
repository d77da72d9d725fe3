import HummingbirdCore
import NIOCore
import Synchronization

/// A request's body, which counts among all that a service holds for as long as it is kept.
final class RequestBytes: Sendable {
  let bytes: [UInt8]
  private let service: HTTPService

  private init(_ bytes: [UInt8], of service: HTTPService) { (self.bytes, self.service) = (bytes, service) }

  deinit { service.held.subtract(bytes.count, ordering: .relaxed) }

  /// Takes a body in.
  ///
  /// - Throws: ``Refusal`` where it is larger than allowed, comes too slowly, or where too much is held for others.
  static func taking(
    _ body: RequestBody, of service: HTTPService, until deadline: NIODeadline
  ) async throws -> RequestBytes {
    let time = Duration.nanoseconds((deadline - .now()).nanoseconds)
    return try await withThrowingTaskGroup(of: RequestBytes?.self) { group in
      group.addTask { try await taking(body, of: service) }
      group.addTask {
        try await Task.sleep(for: time)
        return nil
      }
      defer { group.cancelAll() }
      guard let taken = try await group.next() ?? nil else { throw Refusal.slow }
      return taken
    }
  }

  private static func taking(_ body: RequestBody, of service: HTTPService) async throws -> RequestBytes {
    var bytes: [UInt8] = []
    do {
      for try await chunk in body {
        let count = chunk.readableBytes
        guard bytes.count + count <= service.limits.bytes else { throw Refusal.large(service.limits.bytes) }
        bytes.append(contentsOf: chunk.readableBytesView)
        let held = service.held.add(count, ordering: .relaxed).newValue
        guard held <= service.limits.heldBytes else { throw Refusal.busy }
      }
    } catch {
      service.held.subtract(bytes.count, ordering: .relaxed)
      throw error
    }
    return RequestBytes(bytes, of: service)
  }
}
