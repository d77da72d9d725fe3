import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers
import HebbTraining

/// Guesses the colours of grey pictures: a U-Net from lightness to the two axes of colour of Lab.
///
/// - Input: lightness `[batch, height, width, 1]`, 0 to 100
/// - Output: a and b `[batch, height, width, 2]`
/// - Source: Zhang, Isola and Efros 2016, "Colorful image colorization", arXiv:1603.08511, of whose methods this is the one
///   by regression.
public struct Colorizer: Layer {
  /// From lightness, brought to ±1, to colours in units of 50.
  public let network: UNet
  /// Channels of the U-Net at full size.
  public let width: Int

  public var members: Members { ["network": network] }

  /// Colours are learned as parts of this.
  private static let unit = 50.0

  /// - Parameter width: channels of the U-Net at full size.
  public init(width: Int = 16, depth: Int = 3, using random: inout Philox) {
    self.width = width
    network = UNet(1, 2, width: width, depth: depth, using: &random)
  }

  public func callAsFunction(_ lightness: Tensor) -> Tensor {
    network(lightness * 0.02 - 1) * Colorizer.unit
  }

  /// Lightness and colours of a batch of pictures with red, green and blue from 0 to 1.
  public static func parts(_ rgb: NDArray) -> (lightness: NDArray, colors: NDArray) {
    let lab = LabColor.lab(ofRGB: rgb)
    return (lab.sliced(axis: 3, from: 0, to: 1), lab.sliced(axis: 3, from: 1, to: 3))
  }

  /// The mean Huber loss of a batch of colour pictures with numbers from 0 to 1: squares near 0, lines farther off, so
  /// that a few bright colours do not decide all.
  public func outcome(_ batch: Batch) -> Outcome {
    let (lightness, colors) = Colorizer.parts(batch.inputs)
    let found = self(Tensor(lightness))
    return Outcome(loss: Loss.huber(delta: 0.5)(found / Colorizer.unit, colors / Colorizer.unit), prediction: found)
  }

  /// A trainer of this network, for callbacks, checkpoints and resuming.
  public func trainer(
    _ optimizer: any Optimizer = Adam(learningRate: 2e-3), schedule: Schedule = .cosine(), seed: UInt64 = 0
  ) -> Trainer {
    Trainer(self, optimizer: optimizer, schedule: schedule, seed: seed, outcome: outcome)
  }

  /// Learns a data set of colour pictures, `[count, height, width, 3]`, with numbers from 0 to 1.
  @discardableResult
  public func fit(
    _ train: any Dataset, validation: (any Dataset)? = nil, epochs: Int, batchSize: Int = 64, seed: UInt64 = 0
  ) throws(TrainingError) -> History {
    try trainer(seed: seed).fit(train, validation: validation, epochs: epochs, batchSize: batchSize)
  }

  /// How far colours are from the true ones: the mean over all pixels of √(Δa² + Δb²), of the network, of one colour (the
  /// mean of `reference`) everywhere, and of no colour.
  public func colorError(
    on dataset: any Dataset, reference: any Dataset
  ) -> (network: Double, meanColor: Double, grey: Double) {
    let mean = Colorizer.meanColor(reference)
    var (sums, pixels) = ((0.0, 0.0, 0.0), 0)
    for batch in Loader(dataset, batchSize: 128).batches(epoch: 0) {
      let (lightness, colors) = Colorizer.parts(batch.inputs)
      func error(_ found: NDArray) -> Double {
        (found - colors).squared().sum(axis: 3).squareRoot().sum().scalar
      }
      sums.0 += error(self(lightness))
      sums.1 += error(mean)
      sums.2 += error(NDArray.zeros([2]))
      pixels += colors.count / 2
    }
    let count = Double(max(1, pixels))
    return (sums.0 / count, sums.1 / count, sums.2 / count)
  }

  /// The mean of a and b over a data set.
  private static func meanColor(_ dataset: any Dataset) -> NDArray {
    var (sum, pixels) = (NDArray.zeros([2], dtype: .float64), 0)
    for batch in Loader(dataset, batchSize: 128).batches(epoch: 0) {
      let colors = parts(batch.inputs).colors
      sum = sum + colors.sum(axes: [0, 1, 2]).cast(to: .float64)
      pixels += colors.count / 2
    }
    return (sum * (1 / Double(max(1, pixels)))).cast(to: .float32)
  }
}
