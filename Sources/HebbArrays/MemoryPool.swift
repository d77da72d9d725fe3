import Synchronization

/// Blocks of memory by size class, kept for the next array of that size: after its first step a training loop asks the
/// system for nothing.
///
/// A class is a power of two or one of three even steps between two of them, so that at most a fifth is unused.
final class MemoryPool: Sendable {
  static let shared = MemoryPool()

  private struct Shelves: ~Copyable {
    var free: [[UInt]] = Array(repeating: [], count: 256)  // addresses, by size class
    /// When each class was last used, in blocks that came back.
    var used = [Int](repeating: 0, count: 256)
    var clock = 0
    /// Bytes that wait, bytes that are out, and the most that ever were.
    var held = 0
    var out = 0
    var peak = 0
  }
  private let shelves = Mutex(Shelves())

  /// Twice as much as was ever out at once may wait, and this much in any case: a loop over arrays of the same sizes finds
  /// them all, and one whose sizes vary, such as lines of text, holds no more and more of them.
  private static let alwaysKept = 128 << 20

  /// A block of at least `byteCount` bytes, and its real size.
  func take(_ byteCount: Int) -> (UnsafeMutableRawPointer, capacity: Int) {
    let (index, capacity) = MemoryPool.sizeClass(byteCount)
    let kept = shelves.withLock { shelves -> UInt? in
      shelves.out += capacity
      shelves.peak = max(shelves.peak, shelves.out)
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
    let released = shelves.withLock { shelves -> [UInt] in
      shelves.out -= capacity
      shelves.held += capacity
      shelves.clock += 1
      shelves.used[index] = shelves.clock
      shelves.free[index].append(address)
      return MemoryPool.surplus(&shelves)
    }
    for address in released { if let block = UnsafeMutableRawPointer(bitPattern: address) { Platform.release(block) } }
  }

  /// Takes out what is too much: blocks of the classes that were used least recently.
  private static func surplus(_ shelves: inout Shelves) -> [UInt] {
    let limit = max(alwaysKept, 2 * shelves.peak)
    var released: [UInt] = []
    while shelves.held > limit {
      var oldest: Int?
      for index in shelves.free.indices where !shelves.free[index].isEmpty {
        if oldest.map({ shelves.used[index] < shelves.used[$0] }) ?? true { oldest = index }
      }
      guard let oldest, let block = shelves.free[oldest].popLast() else { break }
      shelves.held -= size(ofClass: oldest)
      released.append(block)
    }
    return released
  }

  /// The size of a class's blocks.
  private static func size(ofClass index: Int) -> Int {
    guard index > 0 else { return 64 }
    let base = 1 << ((index - 1) / 4 + 6)
    return base + ((index - 1) % 4 + 1) * (base >> 2)
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
