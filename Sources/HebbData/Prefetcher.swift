import HebbArrays

/// Makes values on a thread of its own, a few ahead of whoever takes them.
///
/// The thread ends with the last value, or when the prefetcher is let go.
final class Prefetcher<Value: Sendable>: Sendable {
  private let queue: BoundedQueue<Value>

  init(_ numbers: Range<Int>, ahead: Int, make: @escaping @Sendable (Int) -> Value) {
    let queue = BoundedQueue<Value>(capacity: ahead)
    self.queue = queue
    Platform.startThread {
      for number in numbers {
        guard queue.put(make(number)) else { return }
      }
      queue.close()
    }
  }

  deinit { queue.close() }

  /// The next value; waits for it where need be. `nil` after the last.
  func next() -> Value? { queue.take() }
}

/// A queue between two threads: putting waits while it is full, taking while it is empty.
final class BoundedQueue<Value: Sendable>: @unchecked Sendable {
  // Sendable: what is mutable is touched only by what the bell calls, one thread at a time.
  private let bell = Bell()
  private let capacity: Int
  private var values: [Value] = []
  private var closed = false

  init(capacity: Int) { self.capacity = capacity }

  /// Adds a value; `false` where the queue has been closed.
  func put(_ value: Value) -> Bool {
    change {
      if closed { return false }
      guard values.count < capacity else { return nil }
      values.append(value)
      return true
    }
  }

  /// Takes the oldest value; `nil` where the queue is closed and empty.
  func take() -> Value? {
    change { () -> Value?? in
      if !values.isEmpty { return .some(values.removeFirst()) }
      return closed ? .some(nil) : nil
    }
  }

  func close() { change { closed = true } }

  /// Waits until `step` gives a value, and tells whoever waits for the change.
  private func change<Result>(_ step: () -> Result?) -> Result {
    let result = bell.wait(for: step)
    bell.ring()
    return result
  }
}
