import CHebbKernels

/// One step of an optimiser: its rule and its numbers, to be applied to each parameter in place.
///
/// All follow PyTorch's single-tensor code. Before the rule, the gradient is multiplied by `gradientFactor` (clipping by
/// norm, the mean over accumulated batches), held within ±`gradientBound`, and gets `l2` · w + `l1` · sign w.
package struct OptimizerStep: Sendable {
  package var gradientFactor = 1.0
  package var gradientBound = Double.infinity
  package var l2 = 0.0
  package var l1 = 0.0

  let rule: Rule
  /// How many arrays of the weights' shape the rule keeps from step to step.
  package let stateCount: Int

  // The rule's numbers; its factory below says what they are.
  let rate: Double
  var keep = 1.0
  var a = 0.0
  var b = 0.0
  var epsilon = 0.0
  var c = 1.0
  var d = 0.0

  enum Rule: Int, Sendable {
    case sgd, momentum, nesterov, adagrad, rmsProp, rmsPropMomentum, rmsPropCentered, rmsPropCenteredMomentum
    case adadelta, adam, nadam, lion, average
  }

  private init(_ rule: Rule, states: Int, rate: Double) {
    self.rule = rule
    stateCount = states
    self.rate = rate
  }

  private init(
    _ rule: Rule, states: Int, rate: Double, keep: Double = 1, a: Double = 0, b: Double = 0, epsilon: Double = 0,
    c: Double = 1, d: Double = 0
  ) {
    self.init(rule, states: states, rate: rate)
    (self.keep, self.a, self.b, self.epsilon, self.c, self.d) = (keep, a, b, epsilon, c, d)
  }
}

extension OptimizerStep {
  /// w ← w − rate · g; with momentum m ← momentum · m + g in place of g, and g + momentum · m by Nesterov. One state
  /// with momentum, else none.
  package static func sgd(rate: Double, momentum: Double = 0, nesterov: Bool = false) -> OptimizerStep {
    guard momentum != 0 else { return OptimizerStep(.sgd, states: 0, rate: rate) }
    return OptimizerStep(nesterov ? .nesterov : .momentum, states: 1, rate: rate, a: momentum)
  }

  /// s ← s + g²; w ← w − rate · g / (√s + ε). Where the rate falls, `rate` is rate / (1 + (step − 1) · decay).
  ///
  /// - Source: Duchi, Hazan and Singer 2011.
  package static func adagrad(rate: Double, epsilon: Double = 1e-10) -> OptimizerStep {
    OptimizerStep(.adagrad, states: 1, rate: rate, epsilon: epsilon)
  }

  /// s ← smoothing · s + (1 − smoothing) · g²; w ← w − rate · g / (√s + ε). `centered` subtracts the squared mean
  /// gradient from s; momentum collects the quotients. States: s, the mean where centered, the momentum where there is one.
  ///
  /// - Source: Tieleman and Hinton 2012, lecture 6.5 of "Neural networks for machine learning".
  package static func rmsProp(
    rate: Double, smoothing: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0, centered: Bool = false
  ) -> OptimizerStep {
    let rule: Rule
    switch (centered, momentum != 0) {
    case (false, false): rule = .rmsProp
    case (false, true): rule = .rmsPropMomentum
    case (true, false): rule = .rmsPropCentered
    case (true, true): rule = .rmsPropCenteredMomentum
    }
    let states = 1 + (centered ? 1 : 0) + (momentum != 0 ? 1 : 0)
    return OptimizerStep(rule, states: states, rate: rate, a: smoothing, b: momentum, epsilon: epsilon)
  }

  /// s ← ρ · s + (1 − ρ) · g²; d = √(u + ε) / √(s + ε) · g; u ← ρ · u + (1 − ρ) · d²; w ← w − rate · d. States: s, u.
  ///
  /// - Source: Zeiler 2012, arXiv:1212.5701.
  package static func adadelta(rate: Double = 1, smoothing: Double = 0.9, epsilon: Double = 1e-6) -> OptimizerStep {
    OptimizerStep(.adadelta, states: 2, rate: rate, a: smoothing, epsilon: epsilon)
  }

  /// m ← β₁ · m + (1 − β₁) · g; s ← β₂ · s + (1 − β₂) · g²; w ← w − rate · m̂ / (√ŝ + ε). States: m, s.
  ///
  /// `power1` and `power2` are β₁ᵗ and β₂ᵗ at this step t, products that the caller keeps. A `decay` that is not zero
  /// makes it AdamW: w shrinks by rate · decay first.
  ///
  /// - Source: Kingma and Ba 2015, arXiv:1412.6980; Loshchilov and Hutter 2019, arXiv:1711.05101.
  package static func adam(
    rate: Double, beta1: Double = 0.9, beta2: Double = 0.999, power1: Double, power2: Double, epsilon: Double = 1e-8,
    decay: Double = 0
  ) -> OptimizerStep {
    OptimizerStep(
      .adam, states: 2, rate: rate / (1 - power1), keep: 1 - rate * decay, a: beta1, b: beta2, epsilon: epsilon,
      c: 1 / (1 - power2).squareRoot())
  }

  /// Adam with Nesterov's look ahead: w ← w − rate · ((1 − μₜ) / (1 − Πμ) · g + μₜ₊₁ / (1 − Πμ · μₜ₊₁) · m) / (√ŝ + ε).
  ///
  /// `mu` is μₜ = β₁ · (1 − ½ · 0.96^(t · 0.004)), `nextMu` is μₜ₊₁ and `muProduct` is μ₁ · … · μₜ. States: m, s.
  ///
  /// - Source: Dozat 2016, "Incorporating Nesterov momentum into Adam".
  package static func nadam(
    rate: Double, beta1: Double = 0.9, beta2: Double = 0.999, mu: Double, nextMu: Double, muProduct: Double,
    power2: Double, epsilon: Double = 1e-8, decay: Double = 0
  ) -> OptimizerStep {
    OptimizerStep(
      .nadam, states: 2, rate: rate * (1 - mu) / (1 - muProduct), keep: 1 - rate * decay, a: beta1, b: beta2,
      epsilon: epsilon, c: 1 / (1 - power2).squareRoot(), d: rate * nextMu / (1 - muProduct * nextMu))
  }

  /// w ← w − rate · sign(β₁ · m + (1 − β₁) · g); m ← β₂ · m + (1 − β₂) · g. w shrinks by rate · decay first. One state.
  ///
  /// - Source: Chen and others 2023, arXiv:2302.06675.
  package static func lion(
    rate: Double, beta1: Double = 0.9, beta2: Double = 0.99, decay: Double = 0
  ) -> OptimizerStep {
    OptimizerStep(.lion, states: 1, rate: rate, keep: 1 - rate * decay, a: beta1, b: beta2)
  }

  /// The moving average of weights, a ← a + (1 − decay) · (w − a): `apply` takes a as the weights and w as the gradient.
  package static func average(decay: Double) -> OptimizerStep {
    OptimizerStep(.average, states: 0, rate: 1 - decay)
  }
}

extension OptimizerStep {
  /// The numbers as the kernels take them.
  var numbers: hebb_optimizer_step {
    hebb_optimizer_step(
      factor: Float(gradientFactor), bound: Float(gradientBound), l2: Float(l2), l1: Float(l1), keep: Float(keep),
      rate: Float(rate), a: Float(a), a_rest: Float(1 - a), b: Float(b), b_rest: Float(1 - b), epsilon: Float(epsilon),
      c: Float(c), d: Float(d))
  }
}
