import Synchronization

/// What a service has done so far.
final class ServiceMetrics: Sendable {
  private struct Counts {
    var answers: [Int: Int] = [:]  // by status
    var times = [Int](repeating: 0, count: ServiceMetrics.bounds.count)  // that took no longer than each bound
    var seconds = 0.0
    var received = 0
    var sent = 0
  }

  /// In seconds.
  private static let bounds = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30]

  private let counts = Mutex(Counts())
  private let atWork = Atomic<Int>(0)

  func begin() { atWork.add(1, ordering: .relaxed) }

  func end(status: Int, seconds: Double, received: Int, sent: Int) {
    atWork.subtract(1, ordering: .relaxed)
    counts.withLock { counts in
      counts.answers[status, default: 0] += 1
      counts.seconds += seconds
      for (index, bound) in ServiceMetrics.bounds.enumerated() where seconds <= bound { counts.times[index] += 1 }
      counts.received += received
      counts.sent += sent
    }
  }

  /// The numbers as text.
  ///
  /// - Source: Prometheus' text format 0.0.4, https://prometheus.io/docs/instrumenting/exposition_formats/.
  var text: String {
    let counts = counts.withLock { $0 }
    let total = counts.answers.values.reduce(0, +)
    var text = ""
    func add(_ name: String, _ kind: String, _ help: String, _ samples: [(String, String)]) {
      text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
      for (suffix, value) in samples { text += "\(name)\(suffix) \(value)\n" }
    }
    add(
      "hebb_requests_total", "counter", "Requests that were answered, by status.",
      counts.answers.sorted { $0.key < $1.key }.map { ("{status=\"\($0.key)\"}", "\($0.value)") })
    add(
      "hebb_request_seconds", "histogram", "Seconds from a request's head to the end of its answer.",
      zip(ServiceMetrics.bounds, counts.times).map { ("_bucket{le=\"\($0)\"}", "\($1)") }
        + [("_bucket{le=\"+Inf\"}", "\(total)"), ("_sum", "\(counts.seconds)"), ("_count", "\(total)")])
    add(
      "hebb_requests_in_flight", "gauge", "Requests that are not answered yet, this one included.",
      [("", "\(atWork.load(ordering: .relaxed))")])
    add("hebb_received_bytes_total", "counter", "Bytes of bodies that arrived.", [("", "\(counts.received)")])
    add("hebb_sent_bytes_total", "counter", "Bytes of bodies that were sent.", [("", "\(counts.sent)")])
    if let bytes = ResidentMemory.bytes {
      add("process_resident_memory_bytes", "gauge", "Memory of the process.", [("", "\(bytes)")])
    }
    return text
  }
}
