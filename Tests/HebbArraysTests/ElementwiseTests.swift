import Foundation
import HebbArrays
import Testing

/// Distance of a float from the true value, in units of its last place.
func ulps(_ value: Float, _ truth: Double) -> Double {
  if truth.isNaN { return value.isNaN ? 0 : .infinity }
  let nearest = Float(truth)
  if nearest.isInfinite || value.isInfinite { return nearest == value ? 0 : .infinity }
  return abs(Double(value) - truth) / Double(max(nearest.ulp, .leastNonzeroMagnitude))
}

struct Function: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let range: ClosedRange<Double>
  let error: Double
  let ours: @Sendable (NDArray) -> NDArray
  let oracle: @Sendable (Double) -> Double

  init(
    _ name: String, _ range: ClosedRange<Double>, _ error: Double, _ ours: @escaping @Sendable (NDArray) -> NDArray,
    _ oracle: @escaping @Sendable (Double) -> Double
  ) {
    (testDescription, self.range, self.error, self.ours, self.oracle) = (name, range, error, ours, oracle)
  }

  /// The oracle is the C library in double precision.
  static let all = [
    Function("exp", -104...89, 1, { $0.exp() }, { Foundation.exp($0) }),
    Function("expm1", -20...89, 1.5, { $0.expm1() }, { Foundation.expm1($0) }),
    Function("expm1 near 0", -1...1, 2, { $0.expm1() }, { Foundation.expm1($0) }),
    Function("log", 0...10, 1, { $0.log() }, { Foundation.log($0) }),
    Function("log of large", 0...3e38, 1, { $0.log() }, { Foundation.log($0) }),
    Function("log of denormals", 0...1e-38, 1, { $0.log() }, { Foundation.log($0) }),
    Function("log1p", -1...3, 1.5, { $0.log1p() }, { Foundation.log1p($0) }),
    Function("log1p of large", 1...1e30, 1.5, { $0.log1p() }, { Foundation.log1p($0) }),
    Function("tanh", -12...12, 2.5, { $0.tanh() }, { Foundation.tanh($0) }),
    Function("tanh near 0", -0.01...0.01, 2.5, { $0.tanh() }, { Foundation.tanh($0) }),
    Function("sigmoid", -100...100, 2.5, { $0.sigmoid() }, { 1 / (1 + Foundation.exp(-$0)) }),
    Function("erf", -5...5, 2, { $0.erf() }, { Foundation.erf($0) }),
    Function("erf near 0", -0.1...0.1, 2, { $0.erf() }, { Foundation.erf($0) }),
    Function("softplus", -100...100, 2, { $0.softplus() }, { max($0, 0) + Foundation.log1p(Foundation.exp(-abs($0))) }),
    Function("sin", -10...10, 1.5, { $0.sin() }, { Foundation.sin($0) }),
    Function("sin of large", -70_000...70_000, 1.5, { $0.sin() }, { Foundation.sin($0) }),
    Function("sin of huge", -3e38...3e38, 1.5, { $0.sin() }, { Foundation.sin($0) }),
    Function("cos", -10...10, 1.5, { $0.cos() }, { Foundation.cos($0) }),
    Function("cos of large", -2e6...2e6, 1.5, { $0.cos() }, { Foundation.cos($0) }),
    Function("negation", -2...2, 0, { -$0 }, { -$0 }),
    Function("abs", -2...2, 0, { $0.abs() }, { abs($0) }),
    Function("squared", -2...2, 0.5, { $0.squared() }, { $0 * $0 }),
    Function("squareRoot", 0...9, 0.5, { $0.squareRoot() }, { $0.squareRoot() }),
    Function("reciprocal", -9...9, 0.5, { $0.reciprocal() }, { 1 / $0 }),
    Function("relu", -2...2, 0, { $0.relu() }, { max($0, 0) }),
    Function("sign", -2...2, 0, { $0.sign() }, { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }),
    Function("floor", -20...20, 0, { $0.floor() }, { $0.rounded(.down) }),
    Function("floor of large", -2e7...2e7, 0, { $0.floor() }, { $0.rounded(.down) }),
    Function("pow 2.5", 0...100, 0.51, { $0.pow(2.5) }, { Foundation.pow($0, 2.5) }),
    Function("pow -3", -4...4, 0.51, { $0.pow(-3) }, { Foundation.pow($0, -3) }),
  ]
}

@Suite struct ElementwiseTests {
  @Test(arguments: Function.all) func agreesWithTheCLibrary(_ function: Function) {
    var random = Philox(seed: 1)
    let low = function.range.lowerBound
    let x = (0..<20_011).map { _ in
      Float(low + Double.random(in: 0...1, using: &random) * (function.range.upperBound - low))
    }
    let y = function.ours(NDArray(x)).elements(as: Float.self)
    var worst = (0.0, Float(0), Float(0))
    for (x, y) in zip(x, y) {
      let error = ulps(y, function.oracle(Double(x)))
      if error > worst.0 { worst = (error, x, y) }
    }
    #expect(worst.0 <= function.error, "\(worst.0) units in the last place at \(worst.1), where we say \(worst.2)")
  }

  @Test(arguments: Function.all) func float64AgreesWithTheCLibrary(_ function: Function) {
    var random = Philox(seed: 2)
    let low = function.range.lowerBound
    let x = (0..<2_011).map { _ in low + Double.random(in: 0...1, using: &random) * (function.range.upperBound - low) }
    let y = function.ours(NDArray(x)).elements(as: Double.self)
    for (x, y) in zip(x, y) {
      let truth = function.oracle(x)
      #expect(abs(y - truth) <= abs(truth) * 2e-15 + 1e-300 || y == truth, "at \(x): \(y), not \(truth)")
    }
  }

  @Test(arguments: Function.all) func endsAreRight(_ function: Function) {
    let ends: [Float] = [
      0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .greatestFiniteMagnitude,
      -.greatestFiniteMagnitude, 0x1p-130, 1, -1, 88.7, 88.8, -87.4, -103.9, -104.1,
    ]
    let y = function.ours(NDArray(ends)).elements(as: Float.self)
    let z = function.ours(NDArray(ends).cast(to: .float64)).elements(as: Double.self)
    for (i, x) in ends.enumerated() {
      let truth = function.oracle(Double(x))
      if x.isNaN, !function.testDescription.hasPrefix("pow") {
        #expect(y[i].isNaN && z[i].isNaN)
        continue
      }
      #expect(ulps(y[i], truth) <= max(function.error, 1), "at \(x): \(y[i]), not \(truth)")
      #expect(
        z[i].isNaN && truth.isNaN || z[i] == truth || abs(z[i] - truth) <= abs(truth) * 2e-15,
        "float64 at \(x): \(z[i]), not \(truth)")
    }
  }

  @Test func everyLengthReachesItsEnd() {
    for count in 0..<70 {
      let x = (0..<count).map { Float($0) - 7.5 }
      #expect(NDArray(x).squared().elements(as: Float.self) == x.map { $0 * $0 })
      #expect((NDArray(x) + NDArray(x)).elements(as: Float.self) == x.map { $0 + $0 })
      #expect((1 - NDArray(x)).elements(as: Float.self) == x.map { 1 - $0 })
      #expect((NDArray(x) * 3).elements(as: Float.self) == x.map { $0 * 3 })
    }
  }

  @Test func wholeNumbersWrap() {
    let x = NDArray([Int32.max, -3, 0])
    #expect((x + 1).elements(as: Int32.self) == [Int32.min, -2, 1])
    #expect((-x).elements(as: Int32.self) == [-Int32.max, 3, 0])
    #expect(x.relu().elements(as: Int32.self) == [Int32.max, 0, 0])
    #expect(x.sign().elements(as: Int32.self) == [1, -1, 0])
    #expect((x * x).elements(as: Int32.self) == [1, 9, 0])
  }
}
