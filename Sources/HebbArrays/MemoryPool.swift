import Synchronization

/// Blocks of memory by size class, kept for the next array of that size: after its first step a training loop asks the
/// system for nothing.
///
/// A class is a power of two or one of three even steps between two of them, so that at most a fifth is unused.
final class MemoryPool: Sendable {
  static let shared = MemoryPool()

  private struct Shelves: ~Copyable {
    var free: [[UInt]] = Array(repeating: [], count: 256)  // addresses, by size class
    var held = 0
  }
  private let shelves = Mutex(Shelves())

  /// Memory that waits for reuse beyond this many bytes goes back to the system.
  private let limit = 8 << 30

  /// A block of at least `byteCount` bytes, and its real size.
  func take(_ byteCount: Int) -> (UnsafeMutableRawPointer, capacity: Int) {
    let (index, capacity) = MemoryPool.sizeClass(byteCount)
    let kept = shelves.withLock { shelves -> UInt? in
      guard let block = shelves.free[index].popLast() else { return nil }
      shelves.held -= capacity
      return block
    }
    if let kept, let block = UnsafeMutableRawPointer(bitPattern: kept) { return (block, capacity) }
    return (Platform.allocate(capacity), capacity)
  }

  func give(_ block: UnsafeMutableRawPointer, capacity: Int) {
    let (index, _) = MemoryPool.sizeClass(capacity)
    let address = UInt(bitPattern: block)
    let kept = shelves.withLock { shelves in
      guard shelves.held + capacity <= limit else { return false }
      shelves.free[index].append(address)
      shelves.held += capacity
      return true
    }
    if !kept { Platform.release(block) }
  }

  /// The class that holds `byteCount` bytes: its index and its size.
  static func sizeClass(_ byteCount: Int) -> (index: Int, capacity: Int) {
    guard byteCount > 64 else { return (0, 64) }
    let power = Int.bitWidth - 1 - (byteCount - 1).leadingZeroBitCount  // 2^power ≤ byteCount − 1
    let base = 1 << power
    let step = base >> 2
    let part = (byteCount - base + step - 1) / step  // 1…4
    return ((power - 6) * 4 + part, base + part * step)
  }
}
