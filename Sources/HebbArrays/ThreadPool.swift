import CHebbKernels
import Synchronization

/// The threads that share the work of one op.
///
/// A region of work is a number of pieces whose borders the op fixes by the shape alone; which thread takes a piece is
/// left to chance and changes no bit. The caller works along. A pool that is busy with another caller's region, or a call
/// from inside a region, runs all pieces on the calling thread.
///
/// Workers spin for a moment after a region, since the next op follows at once, then sleep.
public final class ThreadPool: Sendable {
  /// The pool of the process: as many threads as `HEBB_THREADS` says, else as the cgroup's quota allows.
  public static let shared = ThreadPool(threads: Platform.defaultThreads())

  /// One region: the closure is called once for each piece below `pieces`. Workers reach it through its address, so that
  /// none of them holds a reference when the caller returns.
  private struct Region: @unchecked Sendable {
    let body: UnsafePointer<(Int) -> Void>
    let pieces: Int
  }

  private let region = Mutex<Region?>(nil)
  private let busy = Atomic<Bool>(false)
  private let generation = Atomic<Int>(0)  // counts regions; workers wait for it to change
  private let next = Atomic<Int>(0)  // the next piece that nobody has taken
  private let working = Atomic<Int>(0)  // workers inside the current region
  private let sleepers = Atomic<Int>(0)
  private let width: Atomic<Int>
  private let started = Atomic<Int>(1)
  private let bell: Bell = Bell()

  init(threads: Int) { width = Atomic(max(1, threads)) }

  /// How many threads work, the caller included. Any number gives the same bits.
  public var threads: Int {
    get { width.load(ordering: .relaxed) }
    set { width.store(max(1, newValue), ordering: .relaxed) }
  }

  /// Calls `body` for every piece below `pieces`, and returns when all are done.
  package func run(_ pieces: Int, _ body: (Int) -> Void) {
    let environment = hebb_float_environment_enter()
    defer { hebb_float_environment_leave(environment) }
    let threads = min(self.threads, pieces)
    guard threads > 1, claim() else {
      for piece in 0..<pieces { body(piece) }
      return
    }
    withoutActuallyEscaping(body) { body in
      withUnsafePointer(to: body) { body in
        let region = Region(body: body, pieces: pieces)
        open(region, threads: threads)
        take(from: region)
        close()
      }
    }
    busy.store(false, ordering: .releasing)
  }

  private func claim() -> Bool {
    busy.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
  }

  private func open(_ region: Region, threads: Int) {
    start(threads)
    next.store(0, ordering: .relaxed)
    self.region.withLock { $0 = region }
    generation.add(1, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { bell.ring() }
  }

  @inline(never)
  private func take(from region: Region) {
    while true {
      let piece = next.add(1, ordering: .relaxed).oldValue
      guard piece < region.pieces else { return }
      region.body.pointee(piece)
    }
  }

  /// Takes the region away from late workers, then waits for those inside it.
  private func close() {
    region.withLock { $0 = nil }
    var spins = 0
    while working.load(ordering: .acquiring) > 0 { pause(&spins) }
  }

  private func start(_ threads: Int) {
    while started.load(ordering: .relaxed) < threads {
      let index = started.add(1, ordering: .relaxed).oldValue
      Platform.startThread { [self] in
        _ = hebb_float_environment_enter()
        work(index)
      }
    }
  }

  /// A worker's life. Worker `index` takes part where more than `index` threads are asked for.
  private func work(_ index: Int) {
    var seen = generation.load(ordering: .acquiring) - 1
    while true {
      seen = wait(for: seen)
      let job = region.withLock { region -> Region? in
        guard index < threads, let region else { return nil }
        working.add(1, ordering: .relaxed)
        return region
      }
      guard let job else { continue }
      take(from: job)
      working.subtract(1, ordering: .releasing)
    }
  }

  /// Returns when a region after `seen` has opened: spinning first, then asleep.
  private func wait(for seen: Int) -> Int {
    var spins = 0
    while spins < ThreadPool.patience {
      let now = generation.load(ordering: .acquiring)
      if now != seen { return now }
      pause(&spins)
    }
    sleepers.add(1, ordering: .sequentiallyConsistent)
    defer { sleepers.subtract(1, ordering: .relaxed) }
    return bell.wait {
      let now = generation.load(ordering: .sequentiallyConsistent)
      return now == seen ? nil : now
    }
  }

  private static let patience = 20_000

  /// Waits a few cycles; now and then gives the core to whoever needs it.
  private func pause(_ spins: inout Int) {
    spins += 1
    if spins % 256 == 0 { Platform.yield() } else { hebb_pause() }
  }
}
