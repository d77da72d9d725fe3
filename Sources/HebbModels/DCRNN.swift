import HebbArrays
import HebbAutograd
import HebbLayers

/// A forecast for every node of a graph: recurrent layers read what was, others write what comes, each step from the one
/// before it.
///
///     encoder:  h = DCGRU(x₁ … x_history)
///     decoder:  yₜ = DCGRU(yₜ₋₁) W + b,  from h on and y₀ = 0
///
/// In training the decoder reads the true yₜ₋₁ instead of its own with a probability that falls from step to step of
/// training (scheduled sampling); ``steps`` counts them.
///
///     ε = τ / (τ + exp(step / τ))
///
/// - Input: `[batch, history, nodes, inputs]`
/// - Output: `[batch, horizon, nodes, outputs]`
/// - Source: Li, Yu, Shahabi and Liu 2018, arXiv:1707.01926; Bengio et al. 2015, arXiv:1506.03099.
public struct DCRNN: Layer {
  /// Reads what was: DCGRU layers.
  public let encoder: Stacked
  /// Writes what comes: DCGRU layers, which begin with the encoder's state.
  public let decoder: Stacked
  /// W `[units, outputs]` and b.
  public let output: Linear
  /// How many batches it was trained on.
  public let steps: Parameter  // [1]
  /// How many steps of time it writes.
  public let horizon: Int
  /// τ; the decoder reads its own numbers alone where nil.
  public let samplingDecay: Double?

  public var members: Members { ["encoder": encoder, "decoder": decoder, "output": output, "steps": steps] }

  /// - Parameters:
  ///   - graph: the weights of the edges.
  ///   - outputs: how many features are written, the first of those that are read.
  ///   - walk: K, the longest walk of the diffusion.
  public init(
    on graph: SparseMatrix, inputs: Int = 2, outputs: Int = 1, units: Int = 64, layers: Int = 2, walk: Int = 2,
    horizon: Int = 12, samplingDecay: Double? = 2000, using random: inout Philox
  ) {
    require(
      inputs > 0 && outputs > 0 && units > 0 && layers > 0 && horizon > 0,
      "DCRNN: \(inputs) inputs, \(outputs) outputs, \(units) units, \(layers) layers, \(horizon) steps must be positive"
    )
    require(samplingDecay ?? 1 > 0, "DCRNN: the decay \(samplingDecay ?? 0) of the sampling must be positive")
    func stack(_ inputs: Int, _ random: inout Philox) -> Stacked {
      Stacked(
        (0..<layers).map { DCGRU($0 == 0 ? inputs : units, units, on: graph, steps: walk, using: &random) })
    }
    encoder = stack(inputs, &random)
    decoder = stack(outputs, &random)
    output = Linear(units, outputs, using: &random)
    steps = Parameter(.zeros([1]), role: .buffer)
    (self.horizon, self.samplingDecay) = (horizon, samplingDecay)
  }

  public func callAsFunction(_ x: Tensor) -> Tensor { self(x, targets: nil) }

  /// The forecast.
  ///
  /// - Parameter targets: what really came, `[batch, horizon, nodes, outputs]`: in training some of it is read. NaN stands
  ///   for what is not known.
  public func callAsFunction(_ x: Tensor, targets: NDArray?) -> Tensor {
    let outputs = output.weight.shape[1]
    if let targets {
      require(
        targets.shape == [x.shape[0], horizon, x.shape[2], outputs],
        "\(self): targets of shape \(targets.shape) for inputs of \(x.shape)")
    }
    let truthful = truthfulSteps(targets != nil)
    var state: RecurrentState? = encoder.run(x).state
    var last = Tensor(.zeros([x.shape[0], x.shape[2], outputs], dtype: x.dtype))
    var forecast: [Tensor] = []
    for t in 0..<horizon {
      let y = output(decoder.step(last, &state))
      forecast.append(y)
      last = y
      if let targets, truthful[t] {
        let truth = targets.sliced(axis: 1, from: t, to: t + 1).squeezed(1).cast(to: x.dtype)
        last = .select(truth.equal(to: truth), Tensor(truth), y)
      }
    }
    return .stacked(forecast, axis: 1)
  }

  /// The steps behind which the decoder is told the truth: drawn in training, none else.
  private func truthfulSteps(_ hasTargets: Bool) -> [Bool] {
    guard Pass.phase == .training, hasTargets, let samplingDecay else { return Array(repeating: false, count: horizon) }
    let count = steps.value.scalar
    Pass.remember(steps.value + 1, in: steps)
    var random = Pass.random()
    let draws = NDArray.uniform([horizon], in: 0...1, using: &random)
    let share = DCRNN.share(step: count, decay: samplingDecay)
    return (0..<horizon).map { draws.element($0) < share }
  }

  /// ε, the probability that the decoder reads the truth.
  public static func share(step: Double, decay: Double) -> Double {
    decay / (decay + Mathematics.exp(min(step / decay, 700)))
  }

  /// Those of the products; what the edges bring comes on top.
  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    func weights(_ module: any Module) -> Int {
      module.parameters.filter { $0.role == .weight }.reduce(0) { $0 + $1.shape.count }
    }
    return input.count / input.innermost * weights(encoder)
      + output.count / output.innermost * (weights(decoder) + weights(self.output))
  }

  public var window: Window? { nil }

  public var description: String { "DCRNN(\(encoder), \(horizon) steps)" }
}
