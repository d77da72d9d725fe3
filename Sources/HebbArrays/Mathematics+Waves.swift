extension Mathematics {
  /// The sine of an angle in radians, for angles up to a billion; beyond, the angle's own rounding is all that is left.
  package static func sin(_ x: Double) -> Double {
    if x == 0 { return x }
    let (r, quarter) = reducedAngle(x)
    return wave(r, quarter)
  }

  /// The cosine of an angle in radians.
  package static func cos(_ x: Double) -> Double {
    let (r, quarter) = reducedAngle(x)
    return wave(r, quarter + 1)
  }

  /// x = quarter · π/2 + r with |r| ≤ π/4. π/2 is a sum of three numbers: every product with the first is exact.
  private static func reducedAngle(_ x: Double) -> (Double, Int) {
    guard Swift.abs(x) < 0x1p30 else { return reducedLargeAngle(x) }
    let n = (x * 0.6366197723675814).rounded()
    let r = x.addingProduct(-n, 0x1.921fb54442d18p+0).addingProduct(-n, 0x1.1a62633145c07p-54)
      .addingProduct(-n, -0x1.f1976b7ed8fbcp-110)
    return (r, Int(n))
  }

  /// sin(quarter · π/2 + r).
  private static func wave(_ r: Double, _ quarter: Int) -> Double {
    let s = r * r
    let y: Double
    if quarter & 1 == 0 {
      let p = polynomial(
        s, [-1 / 1_307_674_368_000, 1 / 6_227_020_800, -1 / 39_916_800, 1 / 362_880, -1 / 5_040, 1 / 120, -1 / 6])
      y = r.addingProduct(s * r, p)
    } else {
      let p = polynomial(
        s,
        [
          1 / 20_922_789_888_000, -1 / 87_178_291_200, 1 / 479_001_600, -1 / 3_628_800, 1 / 40_320, -1 / 720, 1 / 24,
        ])
      let head = 1 - 0.5 * s
      y = head + (((1 - head) - 0.5 * s).addingProduct(s * s, p))
    }
    return quarter & 2 == 0 ? y : -y
  }

  /// 64 zero bits, and the bits of 2/π after the point.
  private static let twoOverPi: [UInt64] = [
    0x0000_0000_0000_0000, 0xa2f9_836e_4e44_1529, 0xfc27_57d1_f534_ddc0, 0xdb62_9599_3c43_9041, 0xfe51_63ab_debb_c561,
    0xb724_6e3a_424d_d2e0, 0x0649_2eea_09d1_921c, 0xfe1d_eb1c_b129_a73e, 0xe882_35f5_2ebb_4484, 0xe99c_7026_b45f_7e41,
    0x3991_d639_8353_39f4, 0x9c84_5f8b_bdf9_283b, 0x1ff8_97ff_de05_980f, 0xef2f_118b_5a0a_6d1f, 0x6d36_7ecf_27cb_09b7,
    0x4f46_3f66_9e5f_ea2d, 0x7527_bac7_ebe5_f17b, 0x3d07_39f7_8a52_92ea, 0x6bfb_5fb1_1f8d_5d08, 0x5603_3046_fc7b_6bab,
  ]

  /// Payne and Hanek 1983: only the bits of 2/π that matter modulo four quarters are multiplied, in whole numbers.
  private static func reducedLargeAngle(_ x: Double) -> (Double, Int) {
    guard x.isFinite else { return (.nan, 0) }
    let exponent = Int(x.exponent) - 52
    let mantissa = x.significandBitPattern | 1 << 52
    // x · 2/π = mantissa · 4 · (2/π · 2^(exponent − 2)): 192 bits from there on are enough, the whole part is dropped.
    let start = exponent - 2 + 64
    let window = (0..<3).map { i -> UInt64 in
      let word = start >> 6 + i
      let shift = UInt64(start & 63)
      return twoOverPi[word] << shift | (shift == 0 ? 0 : twoOverPi[word + 1] >> (64 - shift))
    }
    let low = mantissa.multipliedFullWidth(by: window[2]).high
    let middle = mantissa.multipliedFullWidth(by: window[1])
    let (second, carry) = middle.low.addingReportingOverflow(low)
    let first = mantissa &* window[0] &+ middle.high &+ (carry ? 1 : 0)
    let rounded = first &+ 1 << 61
    let quarter = Int(rounded >> 62)
    let rest = Int64(bitPattern: first &- rounded & ~((1 << 62) - 1))
    let r = (Double(rest) * 0x1p-62 + Double(second) * 0x1p-126) * 1.5707963267948966
    return x < 0 ? (-r, -quarter) : (r, quarter)
  }

  // MARK: Made of the others

  /// The hyperbolic tangent.
  package static func tanh(_ x: Double) -> Double {
    let size = Swift.abs(x)
    if size > 20 { return x < 0 ? -1 : 1 }
    let e = expm1(2 * size)
    let y = e / (e + 2)
    return x.sign == .minus ? -y : y
  }

  /// 1 / (1 + e⁻ˣ).
  package static func sigmoid(_ x: Double) -> Double {
    let e = exp(-Swift.abs(x))
    return (x < 0 ? e : 1) / (1 + e)
  }

  /// log(1 + eˣ).
  package static func softplus(_ x: Double) -> Double { (x < 0 ? 0 : x) + log1p(exp(-Swift.abs(x))) }

  /// The error function: its series below 2.5, its continued fraction above.
  package static func erf(_ x: Double) -> Double {
    let t = Swift.abs(x)
    if t < 1e-9 { return x * 1.1283791670955126 }
    if t > 6 { return x < 0 ? -1 : 1 }
    if x.isNaN { return x }
    let square = t * t
    let y: Double
    if t < 2.5 {
      var term = t
      var sum = t
      var k = 1.0
      while term > sum * 1e-17 {
        term *= 2 * square / (2 * k + 1)
        sum += term
        k += 1
      }
      y = 1.1283791670955126 * exp(-square) * sum
    } else {
      var fraction = t
      for k in stride(from: 60.0, to: 0, by: -1) { fraction = t + k / 2 / fraction }
      y = 1 - exp(-square) / (fraction * 1.772453850905516)
    }
    return x < 0 ? -y : y
  }
}
