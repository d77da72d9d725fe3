/// The functions of analysis in double precision, to about 1e-15 of the value, with the same bits on every machine: only
/// + − × ÷ √ and fused multiply-add. For schedules, positions and filters, and for arrays of float64.
package enum Mathematics {
  private static let ln2High = 0x1.62e42fefa3800p-1  // its last eleven bits are 0: times a whole power it is exact
  private static let ln2Low = 0x1.ef35793c76730p-45

  /// Σ cᵢ xⁱ, the highest coefficient first.
  @inline(__always)
  static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    var sum = 0.0
    for c in coefficients { sum = c.addingProduct(sum, x) }
    return sum
  }

  static func powerOfTwo(_ n: Int) -> Double { Double(bitPattern: UInt64(bitPattern: Int64(n + 1023)) << 52) }

  /// y · 2ⁿ, rounded once, for −1100 < n < 1100.
  static func scaled(_ y: Double, _ n: Int) -> Double { y * powerOfTwo(n >> 1) * powerOfTwo(n - n >> 1) }

  // MARK: Exponential

  /// eˣ.
  package static func exp(_ x: Double) -> Double { exp(x, 0) }

  /// exp(x + low), for a `low` far smaller than x.
  static func exp(_ x: Double, _ low: Double) -> Double {
    if x.isNaN { return x }
    if x > 710 { return .infinity }
    if x < -746 { return 0 }
    let (n, r) = reduced(x)
    let s = r + low
    return scaled(1 + (s + s * s * exponentialTail(s)), n)
  }

  /// eˣ − 1.
  package static func expm1(_ x: Double) -> Double {
    if x.isNaN || x == 0 { return x }
    if x > 710 { return .infinity }
    if x < -40 { return -1 }
    let (n, r) = reduced(x)
    let q = r + r * r * exponentialTail(r)
    if n == 0 { return q }
    let half = powerOfTwo(n - 1)
    return 2 * (half - 0.5).addingProduct(q, half)
  }

  /// x = n ln 2 + r with |r| ≤ ln 2 / 2.
  private static func reduced(_ x: Double) -> (Int, Double) {
    let n = (x * 1.4426950408889634).rounded()
    return (Int(n), x.addingProduct(-n, ln2High).addingProduct(-n, ln2Low))
  }

  /// (eʳ − 1 − r) / r²: the series, whose next term is below 1e-17.
  private static func exponentialTail(_ r: Double) -> Double {
    polynomial(
      r,
      [
        1 / 87_178_291_200, 1 / 6_227_020_800, 1 / 479_001_600, 1 / 39_916_800, 1 / 3_628_800, 1 / 362_880, 1 / 40_320,
        1 / 5_040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2,
      ])
  }

  // MARK: Logarithm

  /// The natural logarithm.
  package static func log(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return x == 0 ? -.infinity : x > 0 ? x : .nan }
    let (high, low) = logarithm(x)
    return high + low
  }

  /// log(1 + x).
  package static func log1p(_ x: Double) -> Double {
    if Swift.abs(x) < 1e-17 || x.isNaN { return x }
    let u = 1 + x
    guard u > 0, u < .infinity else { return log(u) }
    let lost = x >= 1 ? 1 - (u - x) : x - (u - 1)
    let (high, low) = logarithm(u)
    return high + (low + lost / u)
  }

  /// The logarithm of a positive finite number as a sum of two, good to about 1e-18 of the value.
  ///
  /// With x = 2ᵏ m, √½ ≤ m < √2, and s = (m − 1) / (m + 1): log x = k ln 2 + 2 (s + s³/3 + s⁵/5 + …).
  static func logarithm(_ x: Double) -> (high: Double, low: Double) {
    var k = Int(x.exponent)
    var m = x.significand
    if m > 1.4142135623730951 {
      m /= 2
      k += 1
    }
    let f = m - 1
    let sum = 2 + f
    let s = f / sum
    let sLow = (f.addingProduct(-s, sum) - s * (f - (sum - 2))) / sum
    let z = s * s
    let tail = polynomial(
      z,
      [
        2 / 23, 2 / 21, 2 / 19, 2 / 17, 2 / 15, 2 / 13, 2 / 11, 2 / 9, 2 / 7, 2 / 5, 2 / 3,
      ])
    let cube = z * s
    let a = Double(k) * ln2High  // exact
    let b = 2 * s
    let high = a + b
    let rounding = a == 0 ? 0 : (a - high) + b  // |a| > |b| unless a is 0
    return (high, rounding + (2 * sLow + cube * tail).addingProduct(Double(k), ln2Low))
  }

  // MARK: Powers

  /// xʸ. NaN for a negative x and a y that is not whole; 1 for y = 0 and for x = 1, as in IEEE 754.
  package static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x.isNaN || y.isNaN { return .nan }
    let whole = y.rounded() == y
    let odd = whole && Swift.abs(y) < 9_007_199_254_740_992 && Int64(y) & 1 != 0
    let size = Swift.abs(x)
    let sign: Double = x.sign == .minus && odd ? -1 : 1
    if y.isInfinite { return size == 1 ? 1 : (size > 1) == (y > 0) ? .infinity : 0 }
    if size == 0 || size.isInfinite { return sign * ((size == 0) == (y > 0) ? 0 : .infinity) }
    if x < 0, !whole { return .nan }
    let (high, low) = logarithm(size)
    let head = y * high
    guard Swift.abs(head) < 800 else { return sign * (head > 0 ? .infinity : 0) }
    return sign * exp(head, (-head).addingProduct(y, high) + y * low)
  }
}
