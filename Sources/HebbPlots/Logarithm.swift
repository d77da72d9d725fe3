import HebbArrays

/// Decimal logarithms for axes, without the system's mathematics library: the same picture on every machine.
package enum Logarithm {
  /// The decimal logarithm of a positive, finite number.
  ///
  ///     x = m · 2ᵉ, √½ ≤ m < √2          ln m = 2 artanh r = 2 (r + r³/3 + r⁵/5 + …),  r = (m − 1) / (m + 1)
  package static func base10(_ x: Double) -> Double {
    require(x > 0 && x.isFinite, "\(x) has no logarithm")
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    let r = (mantissa - 1) / (mantissa + 1)
    var sum = 0.0
    for term in stride(from: 23, through: 1, by: -2) { sum = sum * r * r + 1 / Double(term) }
    return (2 * r * sum + exponent * 0.6931471805599453) / 2.302585092994046
  }

  /// The largest e with 10ᵉ ≤ x, for a positive, finite x.
  static func exponent(of x: Double) -> Int {
    Int((base10(x) + 1e-12).rounded(.down))
  }
}
