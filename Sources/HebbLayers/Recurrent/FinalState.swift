import HebbArrays
import HebbAutograd

/// What a recurrent layer knows at the end of a sequence: many steps to one vector.
///
///     FinalState(Bidirectional(LSTM(50, 64, using: &random), LSTM(50, 64, using: &random)))
///     Linear(128, 2, using: &random)
///
/// Of a bidirectional layer it takes each direction where it ends.
///
/// - Input: `[batch, time, inputs]`
/// - Output: `[batch, outputs]`
public struct FinalState: Layer {
  /// The layer that reads the sequence.
  public let layer: any RecurrentLayer

  public var members: Members { ["layer": layer] }

  /// The last state of a layer instead of its outputs.
  public init(_ layer: any RecurrentLayer) { self.layer = layer }

  public func callAsFunction(_ x: Tensor) -> Tensor { self(x, lengths: nil) }

  /// The same for sequences of their own lengths.
  public func callAsFunction(_ x: Tensor, lengths: [Int]?) -> Tensor {
    layer.summary(of: layer.run(x, from: nil, over: TimeSteps(lengths: lengths)).state)
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    layer.multiplyAdds(from: input, to: output)
  }

  public var window: Window? { nil }

  public var description: String { "FinalState(\(layer))" }
}
