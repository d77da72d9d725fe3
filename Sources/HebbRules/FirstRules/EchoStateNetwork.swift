import HebbArrays

/// A network whose recurrent layer is random and stays so; only the readout is solved for.
///
///     s ← (1 − a) s + a tanh(x V + s U + c)        y = (1, x, s) W
///
/// U is scaled to a spectral radius, usually below 1, so that the past fades.
///
/// - Source: Jaeger 2001, "The echo state approach to analysing and training recurrent neural networks"; Lukoševičius
///   2012, doi:10.1007/978-3-642-35289-8_36.
public struct EchoStateNetwork: RuleModel {
  public static let kind = "esn"

  /// `[inputs, units]`, V.
  public let inputWeights: NDArray
  /// `[units, units]`, U.
  public let stateWeights: NDArray
  /// `[units]`, c.
  public let bias: NDArray
  /// a: 1 forgets at once what it does not feed back.
  public let leak: Double
  /// `[1 + inputs + units, outputs]`, W; zeros until it learns.
  public private(set) var weights: NDArray

  /// - Parameters:
  ///   - density: the part of the recurrent connections that exists.
  ///   - inputScale: V and c are drawn from −inputScale … inputScale.
  public init(
    inputs: Int, units: Int, outputs: Int, spectralRadius: Double = 0.9, density: Double = 0.1, inputScale: Double = 1,
    leak: Double = 1, using random: inout Philox
  ) {
    require(inputs > 0 && units > 0 && outputs > 0, "\(inputs) inputs, \(units) units, \(outputs) outputs")
    require(
      spectralRadius > 0 && density > 0 && density <= 1 && leak > 0 && leak <= 1,
      "a radius of \(spectralRadius), a density of \(density), a leak of \(leak)")
    inputWeights = .uniform([inputs, units], in: -inputScale...inputScale, using: &random)
    bias = .uniform([units], in: -inputScale...inputScale, using: &random)
    let present = NDArray.bernoulli([units, units], probability: density, using: &random)
    let drawn = NDArray.uniform([units, units], in: -1...1, using: &random) * present
    stateWeights = drawn * (spectralRadius / max(EchoStateNetwork.spectralRadius(drawn), 1e-12))
    self.leak = leak
    weights = .zeros([1 + inputs + units, outputs])
  }

  /// The size of the largest eigenvalue, from how fast powers grow: ‖Uᵏ‖^(1/k) with k = 2¹².
  package static func spectralRadius(_ matrix: NDArray) -> Double {
    var power = matrix
    var log = 0.0
    var exponent = 1.0
    for _ in 0..<12 {
      let norm = power.sumOfSquares().scalar.squareRoot()
      guard norm > 0, norm.isFinite else { return 0 }
      log += Mathematics.log(norm) / exponent
      power = power * (1 / norm)
      power = power.matmul(power)
      exponent *= 2
    }
    let norm = power.sumOfSquares().scalar.squareRoot()
    return norm > 0 ? Mathematics.exp(log + Mathematics.log(norm) / exponent) : 0
  }

  /// (1, x, s) at every time, `[time, 1 + inputs + units]`, and the last state.
  func states(_ x: NDArray, from start: NDArray? = nil) -> (rows: NDArray, last: NDArray) {
    let (time, inputs, units) = (x.shape[0], x.shape[1], bias.count)
    let drive = x.matmul(inputWeights, epilogue: Epilogue(bias: bias))
    var s = start ?? .zeros([1, units])
    var rows: [NDArray] = []
    rows.reserveCapacity(time)
    for t in 0..<time {
      let new = s.matmul(stateWeights, epilogue: Epilogue(residual: drive[t..<t + 1])).tanh()
      s = leak == 1 ? new : s * (1 - leak) + new * leak
      rows.append(s)
    }
    let parts = [NDArray.ones([time, 1]), x.reshaped([time, inputs]), NDArray.concatenated(rows, axis: 0)]
    return (NDArray.concatenated(parts, axis: 1), s)
  }

  /// The state after a sequence `[time, inputs]` that begins at zero: `[1, units]`.
  package func finalState(of x: NDArray) -> NDArray { states(x).last }

  /// Solves for the readout from one sequence.
  ///
  /// - Parameters:
  ///   - x: `[time, inputs]`
  ///   - targets: `[time, outputs]`
  ///   - washout: how many first steps are left out, since the state begins at zero.
  public mutating func fit(
    _ x: NDArray, targets: NDArray, washout: Int = 100, penalty: Double = 1e-6
  ) throws(RuleError) {
    let x = try RuleSamples.checked(x, "the echo state network", features: inputWeights.shape[0])
    let y = try RuleSamples.checked(targets, "the targets", features: weights.shape[1])
    guard x.shape[0] == y.shape[0] else {
      throw .labels("the echo state network", problem: "\(y.shape[0]) targets for \(x.shape[0]) steps")
    }
    guard washout >= 0, x.shape[0] > washout else {
      throw .tooFew("the echo state network", needed: "\(x.shape[0]) steps leave none after \(washout) are left out")
    }
    require(penalty >= 0, "a penalty of \(penalty)")
    let rows = states(x).rows
    weights = RidgeRegression.solve(rows[washout..<x.shape[0]], y[washout..<x.shape[0]], penalty: penalty)
  }

  /// y at every time: `[time, outputs]`. The state begins at zero.
  public func predict(_ x: NDArray) throws(RuleError) -> NDArray {
    states(try RuleSamples.checked(x, "the echo state network", features: inputWeights.shape[0])).rows.matmul(weights)
  }

  /// Goes on with a sequence, each output being the next input: `[steps, outputs]`.
  public func generate(after x: NDArray, steps: Int) throws(RuleError) -> NDArray {
    require(weights.shape[1] == inputWeights.shape[0], "outputs and inputs differ in number")
    let x = try RuleSamples.checked(x, "the echo state network", features: inputWeights.shape[0])
    var (rows, last) = states(x)
    var outputs: [NDArray] = []
    for _ in 0..<steps {
      let y = rows[rows.shape[0] - 1..<rows.shape[0]].matmul(weights)
      outputs.append(y)
      (rows, last) = states(y, from: last)
    }
    return NDArray.concatenated(outputs, axis: 0)
  }
}

extension EchoStateNetwork {
  public var state: RuleState {
    RuleState(
      Self.kind,
      arrays: [("inputWeights", inputWeights), ("stateWeights", stateWeights), ("bias", bias), ("weights", weights)],
      settings: [("leak", .number(leak))])
  }

  /// What ``RuleModel`` read from a file, checked.
  public init(_ state: RuleState) throws(DataError) {
    try state.check(Self.kind)
    inputWeights = try state.array("inputWeights", [-1, -1])
    let units = inputWeights.shape[1]
    stateWeights = try state.array("stateWeights", [units, units])
    bias = try state.array("bias", [units])
    weights = try state.array("weights", [1 + inputWeights.shape[0] + units, -1])
    leak = try state.number("leak")
    guard inputWeights.count > 0, weights.count > 0, leak > 0, leak <= 1 else {
      throw state.failure("the network is damaged")
    }
  }
}
