import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers
import HebbTraining

/// A network that learns to give back what it is given, through a code that keeps what matters.
///
///     h = encoder(x)          y = σ(decoder(h))
///
/// - Input: numbers from 0 to 1, `[batch, …]`
/// - Output: the same shape, from 0 to 1
/// - Source: Hinton and Salakhutdinov 2006, "Reducing the dimensionality of data with neural networks",
///   doi:10.1126/science.1127647.
public struct Autoencoder: Layer {
  /// Makes codes of samples.
  public let encoder: Sequential
  /// Gives logits of the elements.
  public let decoder: Sequential

  public var members: Members { ["encoder": encoder, "decoder": decoder] }

  /// A way to the code, and a way back.
  public init(encoder: Sequential, decoder: Sequential) { (self.encoder, self.decoder) = (encoder, decoder) }

  public func callAsFunction(_ x: Tensor) -> Tensor { logits(encoder(x), like: x.shape).sigmoid() }

  /// Codes `[batch, …]` as logits of samples of a shape.
  func logits(_ code: Tensor, like shape: Shape) -> Tensor { decoder(code).reshaped(shape) }

  /// The codes of samples.
  public func encode(_ x: NDArray) -> NDArray { encoder(Tensor(x)).value }

  /// A code smaller than a sample, fully connected layers on both sides.
  public static func undercomplete(
    _ sample: Shape, hidden: Int = 256, code: Int = 32, using random: inout Philox
  ) -> Autoencoder {
    Autoencoder(
      encoder: Sequential {
        Flatten()
        Linear(sample.count, hidden, using: &random)
        ReLU()
        Linear(hidden, code, using: &random)
      },
      decoder: Sequential {
        Linear(code, hidden, using: &random)
        ReLU()
        Linear(hidden, sample.count, using: &random)
      })
  }

  /// One hidden layer of sigmoid units, as many as one likes: noise, sparsity or contraction keep it from copying.
  public static func shallow(_ sample: Shape, code: Int = 500, using random: inout Philox) -> Autoencoder {
    Autoencoder(
      encoder: Sequential {
        Flatten()
        Linear(sample.count, code, using: &random)
        Sigmoid()
      },
      decoder: Sequential { Linear(code, sample.count, using: &random) })
  }

  /// Convolutions that halve the picture twice, and transposed ones back.
  ///
  /// - Parameters:
  ///   - sample: `[height, width, channels]`, height and width multiples of 4.
  ///   - code: channels of the code `[height / 4, width / 4, code]`.
  public static func convolutional(_ sample: Shape, code: Int = 8, using random: inout Philox) -> Autoencoder {
    require(
      sample.rank == 3 && sample[0] % 4 == 0 && sample[1] % 4 == 0 && sample.count > 0,
      "Autoencoder.convolutional(\(sample)): height and width must be multiples of 4")
    return Autoencoder(
      encoder: Sequential {
        Conv2D(sample[2], 16, kernel: 4, stride: 2, padding: 1, using: &random)
        ReLU()
        Conv2D(16, 32, kernel: 4, stride: 2, padding: 1, using: &random)
        ReLU()
        Conv2D(32, code, kernel: 1, using: &random)
      },
      decoder: Sequential {
        ConvTranspose2D(code, 32, kernel: 4, stride: 2, padding: 1, using: &random)
        ReLU()
        ConvTranspose2D(32, 16, kernel: 4, stride: 2, padding: 1, using: &random)
        ReLU()
        Conv2D(16, sample[2], kernel: 3, padding: 1, using: &random)
      })
  }
}

/// What an autoencoder is to learn beside giving back its samples.
public enum AutoencoderObjective: Sendable, Hashable {
  /// Nothing: the code is small enough.
  case reconstruction
  /// To give back clean samples from noisy ones: normal noise of this standard deviation on every element.
  ///
  /// - Source: Vincent et al. 2010, "Stacked denoising autoencoders".
  case denoising(noise: Double)
  /// To keep each unit of the code quiet: active in this share of samples. The code must lie between 0 and 1.
  ///
  ///     weight · Σ ρ ln (ρ / ρ̂) + (1 − ρ) ln ((1 − ρ) / (1 − ρ̂)),  ρ̂ the mean of a unit over the batch
  ///
  /// - Source: Ng 2011, "Sparse autoencoder", lecture notes CS294A.
  case sparse(share: Double, weight: Double)
  /// To answer small changes of a sample with small changes of the code, one layer of sigmoid units.
  ///
  ///     weight · Σⱼ (hⱼ (1 − hⱼ))² Σᵢ Wᵢⱼ²          the squared Jacobian
  ///
  /// - Source: Rifai et al. 2011, "Contractive auto-encoders: explicit invariance during feature extraction".
  case contractive(weight: Double)
}

extension Autoencoder {
  /// The cross-entropy of a batch in nats a sample, and what the objective adds.
  public func outcome(_ batch: Batch, _ objective: AutoencoderObjective) -> Outcome {
    let count = Double(batch.count)
    let code = encoder(Tensor(seen(batch.inputs, objective)))
    let logits = logits(code, like: batch.inputs.shape)
    var loss = logits.binaryCrossEntropySum(batch.inputs) / count
    // Judged by what it gives back alone.
    guard Pass.phase == .training else { return Outcome(loss: loss, prediction: logits) }
    switch objective {
    case .reconstruction, .denoising: break
    case .sparse(let share, let weight):
      let active = code.mean(axes: [0]).clamped(to: 1e-6...(1 - 1e-6))
      let least = share * Mathematics.log(share) + (1 - share) * Mathematics.log(1 - share)
      let spread = active.log() * share + (1 - active).log() * (1 - share)
      loss = loss + (least * Double(active.value.count) - spread.sum()) * weight
    case .contractive(let weight):
      let slopes = (code * (1 - code)).squared().sum(axes: [0])
      loss = loss + (slopes * contracted.weight.tensor.squared().sum(axes: [0])).sum() * (weight / count)
    }
    return Outcome(loss: loss, prediction: logits)
  }

  private func seen(_ x: NDArray, _ objective: AutoencoderObjective) -> NDArray {
    guard case .denoising(let noise) = objective, Pass.phase == .training else { return x }
    var random = Pass.random()
    return x + NDArray.normal(x.shape, standardDeviation: noise, using: &random)
  }

  /// The layer whose Jacobian is known in closed form.
  private var contracted: Linear {
    let layers = encoder.layers.filter { !($0 is Flatten) }
    guard layers.count == 2, let linear = layers[0] as? Linear, layers[1] is Sigmoid else {
      fatalError("a contractive autoencoder's encoder is one Linear and a Sigmoid, not \(encoder.layers)")
    }
    return linear
  }

  /// A trainer of this network, for callbacks, checkpoints and resuming.
  public func trainer(
    _ objective: AutoencoderObjective = .reconstruction, _ optimizer: any Optimizer = Adam(learningRate: 1e-3),
    seed: UInt64 = 0
  ) -> Trainer {
    Trainer(self, optimizer: optimizer, seed: seed) { outcome($0, objective) }
  }

  /// Learns a data set of numbers from 0 to 1.
  @discardableResult
  public func fit(
    _ train: any Dataset, validation: (any Dataset)? = nil, objective: AutoencoderObjective = .reconstruction,
    epochs: Int, batchSize: Int = 128, seed: UInt64 = 0
  ) throws(TrainingError) -> History {
    try trainer(objective, seed: seed).fit(train, validation: validation, epochs: epochs, batchSize: batchSize)
  }
}
