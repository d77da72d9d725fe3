/// Exponential and logarithm in Double from + − × ÷ alone, so that every system gives the same bits.
enum PlainFunctions {
  /// e^x, within two units in the last place.
  static func exp(_ x: Double) -> Double {
    guard x > -746 else { return x.isNaN ? x : 0 }
    guard x < 710 else { return .infinity }
    let n = (x * 1.4426950408889634).rounded()
    let r = (x - n * 0x1.62e42fefa3800p-1) - n * 0x1.ef35793c76730p-45  // ln 2 in two parts
    var sum = 1.0
    for k in stride(from: 14.0, through: 1.0, by: -1.0) { sum = 1 + sum * r / k }
    return Double(sign: .plus, exponent: Int(n), significand: sum)
  }

  /// ln x, within two units in the last place.
  static func log(_ x: Double) -> Double {
    guard x > 0, x.isFinite else { return x == 0 ? -.infinity : x == .infinity ? x : .nan }
    var exponent = Double(x.exponent)
    var m = x.significand  // 1 ≤ m < 2
    if m > 1.4142135623730951 {
      m /= 2
      exponent += 1
    }
    let s = (m - 1) / (m + 1)
    let square = s * s
    var sum = 0.0
    for k in stride(from: 23.0, through: 3.0, by: -2.0) { sum = square * (sum + 1 / k) }
    return exponent * 0x1.62e42fefa3800p-1 + (2 * s + (2 * s * sum + exponent * 0x1.ef35793c76730p-45))
  }
}
