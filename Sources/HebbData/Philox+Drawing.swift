import HebbArrays

extension Philox {
  /// A number in 0 ..< 1, a multiple of 2⁻²⁴.
  package mutating func fraction() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A number in `range`, its upper end left out.
  package mutating func number(in range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * fraction()
  }

  /// A whole number in 0 ..< `count`.
  package mutating func index(below count: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(count)).high) }

  /// The numbers 0 ..< `count` in random order.
  package mutating func permutation(_ count: Int) -> [Int] {
    NDArray.permutation(count, using: &self).elements(as: Int32.self).map(Int.init)
  }
}

/// The streams of a seed that data use, so that no two purposes share random numbers.
enum RandomStream {
  static let order: UInt64 = 0x64_0001
  static let augmentation: UInt64 = 0x64_0002
  static let split: UInt64 = 0x64_0003
}
