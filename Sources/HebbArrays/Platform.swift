// The one file of the arrays that knows which system it runs on.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What arrays and loaders need of the operating system.
package enum Platform {
  /// `byteCount` bytes at a 64-byte boundary. Runs the process into the ground where there are none.
  static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
    var block: UnsafeMutableRawPointer?
    guard posix_memalign(&block, 64, byteCount) == 0, let block else {
      fatalError("out of memory: \(byteCount) bytes for an array")
    }
    return block
  }

  static func release(_ block: UnsafeMutableRawPointer) { free(block) }

  /// Lets another thread have the core.
  static func yield() { sched_yield() }

  /// Whether an open file is a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Writes a whole text to an open file.
  ///
  /// - Returns: what went wrong, in the system's words; nil where all of it was written.
  package static func write(_ text: String, to descriptor: Int32) -> String? {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        #if canImport(Glibc)
          let count = Glibc.write(descriptor, start, rest.count)
        #elseif canImport(Musl)
          let count = Musl.write(descriptor, start, rest.count)
        #else
          let count = Darwin.write(descriptor, start, rest.count)
        #endif
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return String(cString: strerror(errno)) }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return nil
    }
  }

  static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Starts a plain thread that nobody waits for: work that waits does not belong on Swift's cooperative pool.
  package static func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let box = Unmanaged.passRetained(Box(body))
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let status = pthread_create(
      &thread, nil,
      { argument in
        let argument: UnsafeMutableRawPointer? = argument
        Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
    require(status == 0, "the system refused another thread (error \(status))")
    #if canImport(Darwin)
      pthread_detach(thread!)
    #else
      pthread_detach(thread)
    #endif
  }

  /// `HEBB_THREADS`, else the cores that this process may use, no more than the control group's quota.
  static func defaultThreads() -> Int {
    if let text = environment("HEBB_THREADS"), let threads = Int(text), threads > 0 { return min(threads, 1024) }
    let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    guard let quota = quota() else { return cores }
    return max(1, min(cores, Int(quota.rounded(.up))))
  }

  /// Cores' worth of time that the control group grants, where it sets a limit.
  private static func quota() -> Double? {
    guard let file = fopen("/sys/fs/cgroup/cpu.max", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return nil }
    let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let words = text.split { $0 == " " || $0 == "\n" }.map { Double($0) }
    guard words.count == 2, let limit = words[0], let period = words[1], period > 0 else { return nil }
    return limit / period
  }
}

/// Lets threads sleep until something has happened.
package final class Bell: @unchecked Sendable {
  // Sendable: the system's mutex and condition are made to be shared; they keep their addresses.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  package init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Wakes all sleepers.
  package func ring() {
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Calls `event` alone, again after each ring, until it gives a value; sleeps in between.
  package func wait<Value>(for event: () -> Value?) -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let value = event() { return value }
      pthread_cond_wait(condition, mutex)
    }
  }
}
