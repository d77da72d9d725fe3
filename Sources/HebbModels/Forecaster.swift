import HebbArrays
import HebbAutograd
import HebbLayers

/// Forecasts a series from its last values, all steps at once.
///
///     z = (x − x_last) / s          y = x_last + s (W z + b + U h(z))
///
/// Every window is seen from its last value, so that a series may drift. The linear part is learned together with what a
/// recurrent or convolutional body h adds to it; without a body the network is the linear one of Zeng et al.
///
/// - Input: `[batch, window]`
/// - Output: `[batch, horizon]`
/// - Source: Zeng, Chen, Zhang and Xu 2023, "Are Transformers effective for time series forecasting?", arXiv:2205.13504
///   (NLinear).
public struct Forecaster: Layer {
  /// The spread of the series: s.
  public let scale: Parameter  // s [1], not learned
  public let linear: Linear  // W [window, horizon], b [horizon]
  /// h, which reads z as `[batch, window, 1]`; nil for the linear part alone.
  public let body: (any RecurrentLayer)?
  public let head: Linear?  // U [outputs, horizon]

  public var members: Members { ["scale": scale, "linear": linear, "body": body, "head": head] }

  /// - Parameters:
  ///   - window: how many values are looked at.
  ///   - horizon: how many are forecast.
  ///   - scale: the standard deviation of the series.
  ///   - body: reads z step by step, `[batch, window, 1]`; its last state adds to the linear part.
  public init(
    window: Int, horizon: Int, scale: Double, body: (any RecurrentLayer)? = nil, using random: inout Philox
  ) {
    require(
      window > 0 && horizon > 0 && scale > 0, "Forecaster(window: \(window), horizon: \(horizon), scale: \(scale))")
    self.scale = Parameter(NDArray([Float(scale)]), role: .buffer)
    // Zeros: before it has learned, it says that the last value stays.
    linear = Linear(window, horizon, initializer: .zeros, using: &random)
    self.body = body
    linear.bias?.value = .zeros([horizon])
    head = body.map { Linear($0.outputs, horizon, bias: false, initializer: .zeros, using: &random) }
  }

  public var window: Window? { nil }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(
      x.rank == 2 && x.shape[1] == linear.weight.shape[0],
      "\(self): the input \(x.shape) is not [batch, \(linear.weight.shape[0])]")
    let last = x.sliced(axis: 1, from: x.shape[1] - 1, to: x.shape[1])
    let z = (x - last) / scale.tensor
    var y = linear(z)
    if let body, let head {
      y = y + head(body.summary(of: body.run(z.expanded(at: 2), from: nil).state))
    }
    return last + y * scale.tensor
  }

  public var description: String {
    "Forecaster(\(linear.weight.shape[0]) → \(linear.weight.shape[1])\(body.map { ", \($0)" } ?? ""))"
  }
}
