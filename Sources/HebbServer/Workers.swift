import NIOCore
import NIOPosix
import Synchronization

/// The threads that long work is done on, so that no event loop waits for it: some jobs at once, some more that wait.
final class Workers: Sendable {
  private let pool: NIOThreadPool
  private let places: Int
  private let taken = Atomic<Int>(0)

  init(_ limits: ServiceLimits) {
    pool = NIOThreadPool(numberOfThreads: limits.concurrent)
    places = limits.concurrent + limits.waiting
    pool.start()
  }

  /// Whether another job would have to be refused.
  var areBusy: Bool { taken.load(ordering: .relaxed) >= places }

  /// Runs a job. One that waited until its deadline is not begun. One that is not done by then keeps its thread to its end,
  /// but nobody waits for it.
  func run<Value: Sendable>(
    _ job: @escaping @Sendable () throws -> Value, until deadline: NIODeadline, on loop: any EventLoop
  ) async throws -> Value {
    guard taken.add(1, ordering: .relaxed).newValue <= places else {
      taken.subtract(1, ordering: .relaxed)
      throw Refusal.busy
    }
    // The first of the two that comes decides: a promise keeps what it got first.
    let promise = loop.makePromise(of: Value.self)
    let alarm = loop.scheduleTask(deadline: deadline) { promise.fail(Refusal.late) }
    pool.submit { [self] state in
      defer { taken.subtract(1, ordering: .relaxed) }
      guard state == .active, NIODeadline.now() < deadline else { return promise.fail(Refusal.late) }
      promise.completeWith(Result { try job() })
    }
    defer { alarm.cancel() }
    return try await promise.futureResult.get()
  }

  /// Lets the threads end. Jobs that wait are not begun.
  func end() { pool.shutdownGracefully { _ in } }
}
