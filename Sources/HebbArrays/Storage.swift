/// The memory of an array: 64-byte aligned, from the pool, returned to it when the last array lets go.
final class Storage: @unchecked Sendable {
  // Sendable: the bytes change only while an `NDArray` holds the one reference to this object.
  let pointer: UnsafeMutableRawPointer
  let capacity: Int

  init(byteCount: Int) {
    (pointer, capacity) = MemoryPool.shared.take(byteCount)
  }

  deinit {
    MemoryPool.shared.give(pointer, capacity: capacity)
  }
}
