/// Random numbers that are a function of a key and a counter: Philox 4×32 with ten rounds.
///
/// The same seed gives the same numbers on every machine and with any number of threads, since draw `n` of stream `s` needs
/// nothing that was drawn before it.
///
/// - Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", doi:10.1145/2063384.2063405.
public struct Philox: RandomNumberGenerator, Sendable, Hashable {
  /// The key of all streams.
  public let seed: UInt64
  /// Which sequence of the seed this is.
  public let stream: UInt64
  /// How many blocks of four 32-bit numbers have been begun. With `seed` and `stream` it is the whole state.
  public private(set) var position: UInt64
  private var spare: UInt64?

  /// A generator at its beginning, or where another one of the same seed and stream stood.
  ///
  /// - Parameters:
  ///   - seed: of the whole program.
  ///   - stream: one of 2⁶⁴ independent sequences of that seed.
  ///   - position: how many blocks are passed over.
  public init(seed: UInt64, stream: UInt64 = 0, position: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
    self.position = position
  }

  /// Block `index` of a stream: 128 random bits.
  public static func block(seed: UInt64, stream: UInt64, index: UInt64) -> SIMD4<UInt32> {
    var counter = SIMD4<UInt32>(low(index), high(index), low(stream), high(stream))
    var key = (low(seed), high(seed))
    for _ in 0..<10 {
      let a = UInt64(0xD251_1F53) &* UInt64(counter[0])
      let b = UInt64(0xCD9E_8D57) &* UInt64(counter[2])
      counter = SIMD4(high(b) ^ counter[1] ^ key.0, low(b), high(a) ^ counter[3] ^ key.1, low(a))
      key = (key.0 &+ 0x9E37_79B9, key.1 &+ 0xBB67_AE85)
    }
    return counter
  }

  public mutating func next() -> UInt64 {
    if let value = spare {
      spare = nil
      return value
    }
    let block = Philox.block(seed: seed, stream: stream, index: position)
    position += 1
    spare = UInt64(block[2]) | UInt64(block[3]) << 32
    return UInt64(block[0]) | UInt64(block[1]) << 32
  }

  /// Leaves out blocks, and what is left of the block in hand.
  public mutating func advance(by blocks: UInt64) {
    position &+= blocks
    spare = nil
  }

  /// A generator whose numbers have nothing to do with this one's: for element `index` of a purpose of its own.
  public func split(_ index: UInt64) -> Philox {
    let block = Philox.block(seed: seed ^ 0x5851_F42D_4C95_7F2D, stream: stream, index: index)
    return Philox(
      seed: UInt64(block[0]) | UInt64(block[1]) << 32, stream: UInt64(block[2]) | UInt64(block[3]) << 32)
  }

  private static func low(_ x: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: x) }
  private static func high(_ x: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: x >> 32) }
}
