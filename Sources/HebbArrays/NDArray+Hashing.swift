extension NDArray {
  /// A 64-bit number that depends on shape, element type and every byte, the same on every machine.
  ///
  /// Eight bytes at a time by the FNV-1a step, with a final mix; for telling arrays apart, not for secrets.
  ///
  /// - Source: Fowler, Noll and Vo, RFC 9923.
  package var fingerprint: UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ word: UInt64) { hash = (hash ^ word) &* 0x0000_0100_0000_01b3 }
    add(UInt64(dtype.rawValue))
    add(UInt64(rank))
    for extent in shape { add(UInt64(extent)) }
    let byteCount = count * dtype.byteCount
    let bytes = UnsafeRawBufferPointer(start: bytes, count: byteCount)
    for at in stride(from: 0, to: byteCount & ~7, by: 8) {
      add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
      hash ^= hash >> 29  // carries high bits down, which the multiplication only moves up
    }
    for at in byteCount & ~7..<byteCount { add(UInt64(bytes[at])) }
    hash ^= hash >> 32
    hash = hash &* 0xd6e8_feb8_6659_fd93
    return hash ^ (hash >> 32)
  }
}
