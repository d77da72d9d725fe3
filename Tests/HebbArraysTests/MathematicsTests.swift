import Foundation
import HebbArrays
import Testing

@Suite struct MathematicsTests {
  private func check(
    _ name: String, _ range: ClosedRange<Double>, _ ours: (Double) -> Double, _ truth: (Double) -> Double,
    within tolerance: Double = 1e-15
  ) {
    var random = Philox(seed: 31)
    var worst = (0.0, 0.0)
    for _ in 0..<20_000 {
      let x = Double.random(in: range, using: &random)
      let (a, b) = (ours(x), truth(x))
      let error = a == b ? 0 : abs(a - b) / max(abs(b), 1e-300)
      if !(error <= worst.0) { worst = (error, x) }
    }
    #expect(worst.0 <= tolerance, "\(name) is off by \(worst.0) at \(worst.1)")
  }

  @Test func agreesWithTheCLibrary() {
    check("exp", -700...709, Mathematics.exp, Foundation.exp)
    check("expm1", -2...2, Mathematics.expm1, Foundation.expm1)
    check("log", 0...10, Mathematics.log, Foundation.log)
    check("log", 0...1e300, Mathematics.log, Foundation.log)
    check("log1p", -1...1, Mathematics.log1p, Foundation.log1p)
    check("tanh", -3...3, Mathematics.tanh, Foundation.tanh)
    check("erf", -6...6, Mathematics.erf, Foundation.erf, within: 2e-15)
    check("erf", -0.1...0.1, Mathematics.erf, Foundation.erf)
    for range in [-3...3, -1e5...1e5, -1e9...1e9, -1e20...1e20, -1e300...1e300] {
      check("sin", range, Mathematics.sin, Foundation.sin)
      check("cos", range, Mathematics.cos, Foundation.cos)
    }
    for y in [0.5, -0.5, 1.0 / 3, 3, -2, 17.25, -60.5] {
      check("pow \(y)", 0...1e4, { Mathematics.pow($0, y) }, { Foundation.pow($0, y) })
      check("1.0001 to \(y)", -1e5...1e5, { Mathematics.pow(1.0001, $0 * y) }, { Foundation.pow(1.0001, $0 * y) })
    }
  }

  @Test func endsAreRight() {
    #expect(Mathematics.exp(-.infinity) == 0 && Mathematics.exp(.infinity) == .infinity && Mathematics.exp(.nan).isNaN)
    #expect(Mathematics.exp(-745.2) == 0 || Mathematics.exp(-745.2) == Foundation.exp(-745.2))
    #expect(Mathematics.exp(709.9) == .infinity && Mathematics.exp(-740) == Foundation.exp(-740))
    #expect(Mathematics.log(0) == -.infinity && Mathematics.log(-1).isNaN && Mathematics.log(.infinity) == .infinity)
    #expect(Mathematics.log(.leastNonzeroMagnitude) == Foundation.log(.leastNonzeroMagnitude))
    #expect(Mathematics.sin(.infinity).isNaN && Mathematics.tanh(-.infinity) == -1 && Mathematics.erf(.nan).isNaN)
    let ends = [0, -0.0, 1, -1, 2, -3, 0.5, -0.5, .infinity, -.infinity, .nan, 1e308, -1e-308]
    for x in ends {
      for y in ends {
        let (a, b) = (Mathematics.pow(x, y), Foundation.pow(x, y))
        #expect(
          a == b && a.sign == b.sign || a.isNaN && b.isNaN || abs(a / b - 1) < 1e-15, "\(x) to \(y): \(a), not \(b)")
      }
    }
  }
}
