import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers
import HebbTraining

/// A variational autoencoder: it learns what its samples have in common, and draws new ones.
///
///     q(z | x) = N(μ(x), σ²(x))          p(x | z): a probability for each pixel
///     −ELBO = −E[ln p(x | z)] + β D(q(z | x) ‖ N(0, 1))
///
/// β above 1 makes the parts of z more independent (β-VAE). With classes, encoder and decoder see the label too, and
/// samples of a chosen class can be drawn (conditional VAE).
///
/// - Samples: numbers from 0 to 1 of any shape, `[batch, …]`.
/// - Sources: Kingma and Welling 2014, arXiv:1312.6114; Higgins et al. 2017, "β-VAE"; Sohn, Lee and Yan 2015, "Learning
///   structured output representation using deep conditional generative models".
public struct VAE: Module {
  /// The shape of a sample.
  public let sample: Shape
  /// How many numbers z has.
  public let latent: Int
  /// Units of each hidden layer.
  public let hidden: Int
  /// How many classes labels are of; 0 where samples come without.
  public let classes: Int
  /// β, the weight of the divergence.
  public let beta: Double

  let encoder: Sequential
  let mean: Linear
  let logVariance: Linear
  let decoder: Sequential

  public var members: Members {
    ["encoder": encoder, "mean": mean, "logVariance": logVariance, "decoder": decoder]
  }

  /// - Parameters:
  ///   - sample: the shape of a sample.
  ///   - hidden: units of the hidden layers.
  ///   - latent: numbers of z.
  ///   - classes: labels given to encoder and decoder; 0 for none.
  ///   - beta: the weight of the divergence.
  public init(
    _ sample: Shape, hidden: Int = 400, latent: Int = 20, classes: Int = 0, beta: Double = 1,
    using random: inout Philox
  ) {
    require(
      sample.count > 0 && hidden > 0 && latent > 0 && classes >= 0 && beta >= 0,
      "VAE(\(sample), hidden: \(hidden), latent: \(latent), classes: \(classes), beta: \(beta)) cannot be")
    (self.sample, self.hidden, self.latent, self.classes, self.beta) = (sample, hidden, latent, classes, beta)
    encoder = Sequential {
      Linear(sample.count + classes, hidden, using: &random)
      ReLU()
    }
    mean = Linear(hidden, latent, using: &random)
    logVariance = Linear(hidden, latent, using: &random)
    decoder = Sequential {
      Linear(latent + classes, hidden, using: &random)
      ReLU()
      Linear(hidden, sample.count, using: &random)
    }
  }

  /// The distribution of z for samples.
  ///
  /// - Parameter labels: `int32` `[batch]`, where there are classes.
  public func encode(_ x: Tensor, labels: NDArray? = nil) -> (mean: Tensor, logVariance: Tensor) {
    require(
      x.shape.removing(0) == sample, "VAE: the samples \(x.shape) are not [batch] and \(sample)")
    let h = encoder(joined(x.reshaped([x.shape[0], sample.count]), labels))
    return (mean(h), logVariance(h))
  }

  /// The logits of the elements of samples, `[batch, elements]`, for z `[batch, latent]`.
  public func decode(_ z: Tensor, labels: NDArray? = nil) -> Tensor { decoder(joined(z, labels)) }

  private func joined(_ x: Tensor, _ labels: NDArray?) -> Tensor {
    guard classes > 0 else { return x }
    guard let labels else { fatalError("VAE: this network has \(classes) classes; give labels") }
    return .concatenated([x, Tensor(labels.oneHot(classes: classes, dtype: x.dtype))], axis: 1)
  }
}

// MARK: - Learning

extension VAE {
  /// The bound on a batch, and its two terms, summed over the batch.
  ///
  /// - Parameter noise: standard normal numbers `[batch, latent]`.
  public func terms(
    _ x: NDArray, labels: NDArray? = nil, noise: NDArray
  ) -> (reconstruction: Tensor, divergence: Tensor, logits: Tensor) {
    let code = encode(Tensor(x), labels: labels)
    let z = Tensor.normalDraw(mean: code.mean, logVariance: code.logVariance, noise: noise)
    let logits = decode(z, labels: labels)
    let error = logits.binaryCrossEntropySum(x.reshaped(logits.shape))
    return (error, .standardNormalDivergence(mean: code.mean, logVariance: code.logVariance), logits)
  }

  /// −ELBO of a batch in nats a sample, with the divergence times β.
  public func outcome(_ batch: Batch) -> Outcome {
    // Outside of training there is no step to key a draw: the samples' number does.
    var random =
      Pass.phase == .training ? Pass.random() : Philox(seed: 0, stream: UInt64(batch.indices.first ?? 0))
    let noise = NDArray.normal([batch.count, latent], using: &random)
    let terms = terms(batch.inputs, labels: classes > 0 ? batch.targets : nil, noise: noise)
    let loss = (terms.reconstruction + terms.divergence * beta) / Double(batch.count)
    return Outcome(loss: loss, prediction: terms.logits)
  }

  /// A trainer of this network, for callbacks, checkpoints and resuming.
  public func trainer(_ optimizer: any Optimizer = Adam(learningRate: 1e-3), seed: UInt64 = 0) -> Trainer {
    Trainer(self, optimizer: optimizer, seed: seed, outcome: outcome)
  }

  /// Learns a data set of numbers from 0 to 1.
  @discardableResult
  public func fit(
    _ train: any Dataset, validation: (any Dataset)? = nil, epochs: Int, batchSize: Int = 128, seed: UInt64 = 0
  ) throws(TrainingError) -> History {
    try trainer(seed: seed).fit(train, validation: validation, epochs: epochs, batchSize: batchSize)
  }

  /// The evidence lower bound in nats a sample (β = 1), its mean over a data set.
  ///
  /// - Parameter draws: how many z are drawn for each sample.
  public func evidence(
    of dataset: any Dataset, draws: Int = 1, using random: inout Philox
  ) -> (bound: Double, reconstruction: Double, divergence: Double) {
    var (error, divergence) = (0.0, 0.0)
    for batch in Loader(dataset, batchSize: 256).batches(epoch: 0) {
      for _ in 0..<draws {
        let noise = NDArray.normal([batch.count, latent], using: &random)
        let terms = terms(batch.inputs, labels: classes > 0 ? batch.targets : nil, noise: noise)
        error += terms.reconstruction.value.scalar
        divergence += terms.divergence.value.scalar
      }
    }
    let count = Double(max(1, dataset.count * draws))
    return (-(error + divergence) / count, error / count, divergence / count)
  }
}

// MARK: - Drawing

extension VAE {
  /// Samples of `p(x | z)` for z of the standard normal distribution: the probabilities of their elements.
  ///
  /// - Parameter labels: `int32` `[count]`, where there are classes.
  public func sample(count: Int, labels: NDArray? = nil, using random: inout Philox) -> NDArray {
    pictures(of: NDArray.normal([count, latent], using: &random), labels: labels)
  }

  /// What z stand for, `[count, …]`, from 0 to 1.
  public func pictures(of z: NDArray, labels: NDArray? = nil) -> NDArray {
    decode(Tensor(z), labels: labels).value.sigmoid().reshaped(sample.inserting(z.shape[0], at: 0))
  }

  /// Samples as the network sees them: through the mean of their z.
  public func reconstruct(_ x: NDArray, labels: NDArray? = nil) -> NDArray {
    pictures(of: encode(Tensor(x), labels: labels).mean.value, labels: labels)
  }
}
