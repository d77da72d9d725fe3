import HebbArrays
import HebbLayers

/// Fully connected layers with an activation between them: the classic back-propagation network.
///
/// - Input: `[batch, sizes.first]`
/// - Output: `[batch, sizes.last]`, without an activation
/// - Source: Rumelhart, Hinton and Williams 1986, "Learning representations by back-propagating errors",
///   doi:10.1038/323533a0.
public struct MultilayerPerceptron: Model {
  public let layers: Sequential

  /// - Parameter sizes: the number of inputs, the units of each hidden layer, the number of outputs.
  public init(_ sizes: [Int], activation: any Layer = ReLU(), using random: inout Philox) {
    require(sizes.count >= 2, "MultilayerPerceptron(\(sizes)): inputs and outputs are needed")
    var layers: [any Layer] = []
    for (index, pair) in zip(sizes, sizes.dropFirst()).enumerated() {
      if index > 0 { layers.append(activation) }
      layers.append(Linear(pair.0, pair.1, using: &random))
    }
    self.layers = Sequential(layers)
  }
}
