/// The numbers that are written along an axis.
package struct Tick: Sendable, Equatable {
  package let value: Double
  package let label: String
}

package enum Ticks {
  /// Round numbers, 1, 2 or 5 times a power of ten apart, inside of a range; about `count` of them.
  /// - Parameter isWhole: whether ticks may only stand at whole numbers.
  package static func linear(_ range: ClosedRange<Double>, count: Int, isWhole: Bool = false) -> [Tick] {
    var (mantissa, exponent) = step(range, count: count)
    if isWhole && exponent < 0 { (mantissa, exponent) = (1, 0) }
    let scale = NumberText.powerOfTen(abs(exponent))
    func value(_ index: Double) -> Double {
      exponent < 0 ? index * mantissa / scale : index * mantissa * scale
    }
    let size = value(1)
    let first = (range.lowerBound / size - 1e-9).rounded(.up)
    let last = (range.upperBound / size + 1e-9).rounded(.down)
    guard first <= last, last - first < 1000 else { return [] }
    let values = stride(from: first, through: last, by: 1).map(value)
    let largest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    if largest >= 1e6 || exponent < -5 {
      let power = Logarithm.exponent(of: max(largest, size))
      return values.map {
        Tick(
          value: $0,
          label: $0 == 0 ? "0" : NumberText.scientific($0, exponent: power, places: max(0, power - exponent)))
      }
    }
    return values.map { Tick(value: $0, label: NumberText.fixed($0, places: max(0, -exponent))) }
  }

  /// The range stretched outwards to the next round numbers.
  static func rounded(_ range: ClosedRange<Double>, count: Int) -> ClosedRange<Double> {
    let (mantissa, exponent) = step(range, count: count)
    let scale = NumberText.powerOfTen(abs(exponent))
    let size = exponent < 0 ? mantissa / scale : mantissa * scale
    let low = (range.lowerBound / size + 1e-9).rounded(.down) * size
    let high = (range.upperBound / size - 1e-9).rounded(.up) * size
    return min(low, range.lowerBound)...max(high, range.upperBound)
  }

  /// Powers of ten inside of a positive range; where fewer than three fit, 1, 2 and 5 times them, or round numbers.
  package static func logarithmic(_ range: ClosedRange<Double>, count: Int) -> [Tick] {
    let low = Logarithm.exponent(of: range.lowerBound)
    let high = Logarithm.exponent(of: range.upperBound)
    let isPlain = low >= -4 && high <= 4
    func ticks(_ mantissas: [Double], every stride: Int) -> [Tick] {
      (low...high).filter { $0 % stride == 0 }.flatMap { exponent in
        mantissas.compactMap { mantissa in
          let scale = NumberText.powerOfTen(abs(exponent))
          let value = exponent < 0 ? mantissa / scale : mantissa * scale
          guard value >= range.lowerBound * (1 - 1e-9), value <= range.upperBound * (1 + 1e-9) else { return nil }
          return Tick(
            value: value,
            label: isPlain || value == 1
              ? NumberText.fixed(value, places: max(0, -exponent))
              : NumberText.scientific(value, exponent: exponent, places: 0))
        }
      }
    }
    let decades = ticks([1], every: max(1, (high - low + count - 1) / max(count, 1)))
    if decades.count >= 3 { return decades }
    let finer = ticks([1, 2, 5], every: 1)
    return finer.count >= 3 ? finer : linear(range, count: count)
  }

  /// The distance of neighbouring ticks as mantissa · 10^exponent.
  private static func step(_ range: ClosedRange<Double>, count: Int) -> (mantissa: Double, exponent: Int) {
    let raw = (range.upperBound - range.lowerBound) / Double(max(count, 1))
    guard raw > 0, raw.isFinite else { return (1, 0) }
    let exponent = Logarithm.exponent(of: raw)
    let scale = NumberText.powerOfTen(abs(exponent))
    let mantissa = exponent < 0 ? raw * scale : raw / scale
    if mantissa < 1.5 { return (1, exponent) }
    if mantissa < 3.5 { return (2, exponent) }
    return mantissa < 7.5 ? (5, exponent) : (1, exponent + 1)
  }
}
