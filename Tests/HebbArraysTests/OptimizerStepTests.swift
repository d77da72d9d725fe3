import CHebbKernels
import Foundation
import HebbArrays
import Testing

@Suite struct OptimizerStepTests {
  static let names = [
    "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "rmspropMomentum", "rmspropCentered", "rmspropBoth",
    "adadelta", "adam", "adamw", "nadam", "nadamw", "lion",
  ]

  /// Step t, counted from 1, with the numbers of the reference script.
  private func step(_ name: String, _ t: Double) -> OptimizerStep {
    func mu(_ t: Double) -> Double { 0.9 * (1 - 0.5 * pow(0.96, t * 0.004)) }
    func nadam(decay: Double) -> OptimizerStep {
      let product = stride(from: 1, through: t, by: 1).reduce(1) { $0 * mu($1) }
      return .nadam(
        rate: 0.01, mu: mu(t), nextMu: mu(t + 1), muProduct: product, power2: pow(0.999, t), decay: decay)
    }
    var step: OptimizerStep
    switch name {
    case "sgd": step = .sgd(rate: 0.1)
    case "momentum": step = .sgd(rate: 0.1, momentum: 0.9)
    case "nesterov": step = .sgd(rate: 0.1, momentum: 0.9, nesterov: true)
    case "adagrad": step = .adagrad(rate: 0.1 / (1 + (t - 1) * 0.05))
    case "rmsprop": step = .rmsProp(rate: 0.01)
    case "rmspropMomentum": step = .rmsProp(rate: 0.01, momentum: 0.9)
    case "rmspropCentered": step = .rmsProp(rate: 0.01, centered: true)
    case "rmspropBoth": step = .rmsProp(rate: 0.01, momentum: 0.9, centered: true)
    case "adadelta": step = .adadelta()
    case "adam": step = .adam(rate: 0.01, power1: pow(0.9, t), power2: pow(0.999, t))
    case "adamw": step = .adam(rate: 0.01, power1: pow(0.9, t), power2: pow(0.999, t), decay: 0.1)
    case "nadam": step = nadam(decay: 0)
    case "nadamw": step = nadam(decay: 0.1)
    default: step = .lion(rate: 0.01, decay: 0.1)
    }
    if ["sgd", "nesterov", "rmspropBoth", "adam"].contains(name) { step.l2 = 0.01 }
    return step
  }

  private func apply(_ step: OptimizerStep, _ w: inout NDArray, _ g: NDArray, _ states: inout [NDArray]) {
    switch step.stateCount {
    case 0: step.apply(to: &w, gradient: g)
    case 1: step.apply(to: &w, gradient: g, state: &states[0])
    case 2:
      var (a, b) = (states[0], states[1])
      step.apply(to: &w, gradient: g, state: &a, &b)
      states = [a, b]
    default:
      var (a, b, c) = (states[0], states[1], states[2])
      step.apply(to: &w, gradient: g, state: &a, &b, &c)
      states = [a, b, c]
    }
  }

  @Test(arguments: [DType.float32, .float64], names) func twentyStepsAgreeWithPyTorch(_ dtype: DType, _ name: String)
    throws
  {
    var w = wave([19], dtype: dtype)
    var states = (0..<3).map { _ in NDArray.zeros([19], dtype: dtype) }
    for t in 0..<20 {
      let noise = wave([19], phase: Double(10 + t)).doubles
      let g = NDArray(zip(w.doubles, noise).map { 0.3 * $0 + $1 }).cast(to: dtype)
      apply(step(name, Double(t + 1)), &w, g, &states)
    }
    #expect(w.isClose(to: try #require(reference["optimizer.\(name).0"]), dtype == .float64 ? 1e-12 : 1e-5))
  }

  @Test(arguments: [DType.float32, .float64]) func gradientsAreScaledHeldAndPenalised(_ dtype: DType) {
    var step = OptimizerStep.sgd(rate: 1)
    step.gradientFactor = 0.5
    step.gradientBound = 1
    step.l1 = 0.25
    var w = NDArray([1.0, -1, 0]).cast(to: dtype)
    step.apply(to: &w, gradient: NDArray([1.0, 8, -8]).cast(to: dtype))
    #expect(w.doubles == [0.25, -1.75, 1])
  }

  @Test(arguments: [DType.float32, .float64]) func averagesOfWeights(_ dtype: DType) {
    var average = NDArray([1.0, 2]).cast(to: dtype)
    OptimizerStep.average(decay: 0.75).apply(to: &average, gradient: NDArray([5.0, 2]).cast(to: dtype))
    #expect(average.doubles == [2, 2])
  }

  @Test func aSharedArrayIsNotWritten() {
    let before = NDArray([1.0, 2])
    var w = before
    OptimizerStep.sgd(rate: 1).apply(to: &w, gradient: NDArray([1.0, 1]))
    #expect(before.doubles == [1, 2] && w.doubles == [0, 1])
  }

  @Test(arguments: names) func everyThreadCountGivesTheSameBits(_ name: String) {
    let g = wave([50_003], phase: 1, dtype: .float32)
    expectSameBitsForThreads {
      var w = wave([50_003], dtype: .float32)
      var states = (0..<3).map { _ in NDArray.zeros([50_003]) }
      for t in 1...2 { apply(step(name, Double(t)), &w, g, &states) }
      return [w] + states
    }
  }

  @Test func everyInstructionSetGivesTheSameBits() {
    let n = 53
    let start = wave([5, n], dtype: .float32).elements(as: Float.self).map { abs($0) + 0.1 }
    var numbers = hebb_optimizer_step(
      factor: 0.9, bound: 1.5, l2: 0.1, l1: 0.01, keep: 0.99, rate: 0.1, a: 0.9, a_rest: 0.1, b: 0.99, b_rest: 0.01,
      epsilon: 1e-3, c: 0.3, d: 0.2)
    for rule in 0..<Int(HEBB_OPTIMIZER_RULES.rawValue) {
      expectSameBits("rule \(rule)", count: 5 * n) { isa, p in
        p.update(from: start, count: 5 * n)
        hebb_optimizer_rule_kernel(isa, Int32(rule))(n, p, p + n, p + 2 * n, p + 3 * n, p + 4 * n, &numbers)
      }
    }
  }
}
