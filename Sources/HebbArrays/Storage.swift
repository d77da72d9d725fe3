/// The memory of an array, 64-byte aligned. A small one lies behind this object, in the same allocation; a large one comes
/// from the pool and returns to it when the last array lets go.
final class Storage: ManagedBuffer<Storage.Place, UInt8> {
  struct Place {
    let pointer: UnsafeMutableRawPointer
    /// The size of the pool's block; 0 for memory behind this object.
    let capacity: Int
    /// Other forms of what lies there.
    var forms: KeptForms?
  }

  /// Arrays of so many bytes are rather had from malloc's thread-local lists than from the pool.
  private static let small = 512
  private static let alignment = 64

  static func make(byteCount: Int) -> Storage {
    let isSmall = byteCount <= small
    let storage = create(minimumCapacity: isSmall ? byteCount + alignment - 1 : 0) { buffer in
      guard isSmall else {
        let (pointer, capacity) = MemoryPool.shared.take(byteCount)
        return Place(pointer: pointer, capacity: capacity)
      }
      let pointer = buffer.withUnsafeMutablePointerToElements { UnsafeMutableRawPointer($0) }
      return Place(pointer: pointer.alignedUp(toMultipleOf: alignment), capacity: 0)
    }
    return unsafeDowncast(storage, to: Storage.self)
  }

  // Read through its address: `header` itself would check for overlapping accesses each time, and the place never changes.
  var pointer: UnsafeMutableRawPointer { withUnsafeMutablePointerToHeader { $0.pointee.pointer } }

  /// Reached under the lock of ``KeptForms``, or by the only owner.
  var forms: KeptForms? {
    get { withUnsafeMutablePointerToHeader { $0.pointee.forms } }
    set { withUnsafeMutablePointerToHeader { $0.pointee.forms = newValue } }
  }

  deinit {
    let (pointer, capacity) = withUnsafeMutablePointerToHeader { ($0.pointee.pointer, $0.pointee.capacity) }
    if capacity > 0 { MemoryPool.shared.give(pointer, capacity: capacity) }
  }
}
