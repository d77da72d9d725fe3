import HebbArrays
import HebbAutograd

/// A moving average of the weights over the steps: smoother than the last weights, and often better.
///
///     a ← decay · a + (1 − decay) · w
///
/// It begins with the weights after the first step. Running statistics stay as they are.
///
/// - Source: Polyak and Juditsky 1992; the exponential form as in Tarvainen and Valpola 2017, arXiv:1703.01780.
public struct WeightAverage: Sendable, Hashable {
  /// The share of the old average in the new one.
  public let decay: Double

  /// - Parameter decay: the share of the old average, 0 or more and below 1; the last 1 / (1 − decay) steps count most.
  public init(decay: Double = 0.999) {
    require(decay >= 0 && decay < 1, "a decay of \(decay) is not in 0..<1")
    self.decay = decay
  }

  /// Takes one step of the average, which begins with the weights as they are.
  package func update(_ averages: inout [NDArray], with parameters: some Sequence<Parameter>) {
    guard !averages.isEmpty else {
      averages = parameters.map(\.value)
      return
    }
    let step = OptimizerStep.average(decay: decay)
    for (index, parameter) in parameters.enumerated() {
      step.apply(to: &averages[index], gradient: parameter.value)
    }
  }
}

extension Trainer {
  /// Runs `body` with the averaged weights in the model's parameters, where there is an average.
  public func withAveragedWeights<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    guard !averages.isEmpty else { return try body() }
    let parameters = updater.slots.map(\.parameter)
    let current = parameters.map(\.value)
    for (parameter, average) in zip(parameters, averages) { parameter.value = average }
    defer { for (parameter, value) in zip(parameters, current) { parameter.value = value } }
    return try body()
  }
}
