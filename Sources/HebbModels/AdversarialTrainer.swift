import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers
import HebbTraining

/// Trains a generator and a discriminator against each other.
///
///     let gan = AdversarialTrainer(generator, discriminator, noise: 64, seed: 7)
///     try gan.fit(pictures, epochs: 10)
///     let samples = gan.sample(count: 20, using: &random)
///
/// The generator takes noise `[batch, noise]`, with classes `[batch, noise + classes]`, the label one-hot behind the noise.
/// The discriminator takes samples, with classes a further channel for each, 1 for the sample's own (conditional GAN:
/// Mirza and Osindero 2014, arXiv:1411.1784). Samples should lie in the generator's range, −1 to 1 behind a Tanh.
///
/// The same seed gives the same weights, bit for bit, when a run is stopped and resumed too.
public final class AdversarialTrainer {
  /// Makes samples of noise.
  public let generator: any Layer
  /// Judges samples, `[batch, 1]`: the higher, the more like real ones.
  public let discriminator: any Layer
  /// What the two networks fight about.
  public let objective: AdversarialObjective
  /// How many random numbers a sample is made of.
  public let noise: Int
  /// How many classes labels are of; 0 where they are not looked at.
  public let classes: Int
  /// Keys the order of the samples, the noise and all other random numbers of a run.
  public let seed: UInt64
  /// An average of the generator's weights over its steps, running statistics included: the two networks circle around
  /// each other, and the middle of the circle makes better samples than any point of it. ``takeAverage()`` takes it. At
  /// step t its decay is (1 + t) / (10 + t) at most, so that the first weights are soon forgotten.
  ///
  /// - Source: Yazıcı et al. 2019, arXiv:1806.04498.
  public var average: WeightAverage?
  /// Where and how often the run is saved: its folder and its epochs; nowhere unless given.
  public var checkpoints: CheckpointPlan?
  /// Called after every step.
  public var stepEnded: ((AdversarialProgress) -> Void)?
  /// Called after every epoch.
  public var epochEnded: ((AdversarialEpoch) throws(TrainingError) -> Void)?
  /// What each epoch came to.
  public internal(set) var epochs: [AdversarialEpoch] = []

  var generatorUpdater: Updater
  var discriminatorUpdater: Updater
  var run = AdversarialState()
  var averages: [NDArray] = []
  /// What the data of the current run are, and those of the run whose checkpoint was read.
  var dataSettings: [(name: String, value: String)] = []
  var resumedData: [(name: String, value: String)] = []

  /// - Parameter optimizers: of generator and discriminator; by default Adam with rate 2 · 10⁻⁴ and β₁ = ½, for the
  ///   Wasserstein objective RMSProp with rate 5 · 10⁻⁵.
  public init(
    _ generator: any Layer, _ discriminator: any Layer, objective: AdversarialObjective = .standard, noise: Int = 64,
    classes: Int = 0, optimizers: (any Optimizer, any Optimizer)? = nil, seed: UInt64 = 0
  ) {
    require(noise > 0 && classes >= 0, "AdversarialTrainer: noise \(noise) and classes \(classes) cannot be")
    (self.generator, self.discriminator, self.objective) = (generator, discriminator, objective)
    (self.noise, self.classes, self.seed) = (noise, classes, seed)
    let standard: any Optimizer =
      objective.clip == nil ? Adam(learningRate: 2e-4, beta1: 0.5) : RMSProp(learningRate: 5e-5)
    let (first, second) = optimizers ?? (standard, standard)
    generatorUpdater = Updater(first, for: generator)
    discriminatorUpdater = Updater(second, for: discriminator)
  }

  /// Trains until `epochs` epochs are done, those before a resumed checkpoint included.
  @discardableResult
  public func fit(
    _ train: any Dataset, epochs: Int, batchSize: Int = 64
  ) throws(TrainingError) -> [AdversarialEpoch] {
    let loader = Loader(
      train, batchSize: min(batchSize, train.count), sampler: .shuffled(seed: seed), dropsLast: true, seed: seed)
    require(loader.batchCount > 0, "\(train.name) has no batch of \(batchSize) samples to train on")
    try begin(with: loader)
    let clock = ContinuousClock()
    while run.epoch < epochs {
      var begun = clock.now
      for batch in loader.batches(epoch: run.epoch, startingAt: run.batch) {
        try step(batch)
        let now = clock.now
        run.seconds += (now - begun) / .seconds(1)
        begun = now
        stepEnded?(AdversarialProgress(run, epochs: epochs, batchCount: loader.batchCount))
        if Interrupt.isRequested {
          try save()
          throw .interrupted(epoch: run.epoch + 1, step: run.step, checkpoint: checkpoints?.path)
        }
      }
      let record = AdversarialEpoch(run)
      self.epochs.append(record)
      run.finishEpoch()
      try epochEnded?(record)
      if let plan = checkpoints, run.epoch % plan.epochs == 0 || run.epoch >= epochs { try save() }
    }
    return self.epochs
  }

  /// The discriminator learns from real and generated samples, then the generator from the discriminator.
  private func step(_ batch: Batch) throws(TrainingError) {
    let labels = classes > 0 ? batch.targets : nil
    var random = Philox(seed: seed, stream: 0x6A_0001).split(UInt64(run.step))
    let z = input(NDArray.normal([batch.count, noise], using: &random), labels: labels)
    let updatesGenerator = (run.step + 1) % objective.discriminatorSteps == 0
    var losses = (discriminator: 0.0, generator: Double?.none)
    Pass.training(seed: seed, step: run.step) {
      // One forward pass of the generator serves both updates.
      let (fake, pullback) =
        updatesGenerator
        ? valueWithPullback { generator(Tensor(z)) } : (generator(z), { _ in Gradients() })
      let planes = labels.map { AdversarialTrainer.planes($0, classes: classes, like: fake.shape) }
      func judged(_ x: Tensor) -> Tensor {
        discriminator(planes.map { .concatenated([x, Tensor($0)], axis: -1) } ?? x)
      }
      let (loss, gradients) = valueAndGradients {
        objective.discriminatorLoss(real: judged(Tensor(batch.inputs)), fake: judged(Tensor(fake)))
      }
      discriminatorUpdater.update(gradients)
      if let clip = objective.clip { AdversarialTrainer.hold(discriminator, within: clip) }
      losses.discriminator = loss.scalar
      guard updatesGenerator else { return }
      let (wish, wishes, _) = valueAndGradients(at: [fake], ofParameters: false) {
        objective.generatorLoss(fake: judged($0[0]))
      }
      generatorUpdater.update(pullback(wishes[0]))
      losses.generator = wish.scalar
    }
    // Behind the pass, which brings the running statistics up to date.
    if losses.generator != nil { updateAverage() }
    guard losses.discriminator.isFinite, losses.generator?.isFinite ?? true else {
      throw .notFinite(
        NotFinite(
          quantity: "loss", epoch: run.epoch + 1, step: run.step, path: nil, layer: nil,
          checkpoint: checkpoints?.path))
    }
    run.add(losses, samples: batch.count)
  }

  /// Samples `[count, …]` as the generator gives them.
  ///
  /// - Parameter labels: `int32` `[count]`, where there are classes.
  public func sample(count: Int, labels: NDArray? = nil, using random: inout Philox) -> NDArray {
    generator(input(NDArray.normal([count, noise], using: &random), labels: labels))
  }

  private func updateAverage() {
    guard let average else { return }
    let t = Double(generatorUpdater.step)
    WeightAverage(decay: min(average.decay, (1 + t) / (10 + t))).update(&averages, with: generator.parameters)
  }

  /// Puts the average of its weights into the generator, where there is one: after the run.
  public func takeAverage() {
    for (parameter, value) in zip(generator.parameters, averages) { parameter.value = value }
    averages = []
  }

  private func input(_ z: NDArray, labels: NDArray?) -> NDArray {
    AdversarialTrainer.input(z, labels: labels, classes: classes)
  }

  /// Noise with the label one-hot behind it, where there are classes.
  public static func input(_ z: NDArray, labels: NDArray?, classes: Int) -> NDArray {
    guard classes > 0 else { return z }
    guard let labels else { fatalError("this generator has \(classes) classes; give labels") }
    return .concatenated([z, labels.oneHot(classes: classes, dtype: z.dtype)], axis: 1)
  }

  /// A channel for each class, 1 in that of the sample's own.
  private static func planes(_ labels: NDArray, classes: Int, like shape: Shape) -> NDArray {
    var small = Shape([labels.count])
    for _ in 0..<shape.rank - 2 { small.append(1) }
    small.append(classes)
    return labels.oneHot(classes: classes).reshaped(small).broadcast(to: shape.replacing(-1, with: classes))
  }

  private static func hold(_ network: any Module, within clip: Double) {
    for parameter in network.parameters where parameter.isTrainable && parameter.role != .normalization {
      parameter.value = NDArray.minimum(NDArray.maximum(parameter.value, -clip), clip)
    }
  }
}

/// Where an adversarial training stands.
struct AdversarialState: Sendable, Hashable {
  var epoch = 0
  var batch = 0
  /// Steps of the discriminator since the run began: keys all random numbers.
  var step = 0
  var discriminatorSum = 0.0
  var generatorSum = 0.0
  var generatorSteps = 0
  var samples = 0
  var seconds = 0.0

  mutating func add(_ losses: (discriminator: Double, generator: Double?), samples count: Int) {
    discriminatorSum += losses.discriminator
    if let generator = losses.generator {
      generatorSum += generator
      generatorSteps += 1
    }
    samples += count
    batch += 1
    step += 1
  }

  mutating func finishEpoch() { self = AdversarialState(epoch: epoch + 1, step: step) }
}

/// What an adversarial training can tell after a step.
public struct AdversarialProgress: Sendable {
  /// Counted from 1.
  public let epoch: Int
  /// How many epochs there are in all.
  public let epochs: Int
  /// How many batches of the epoch are done.
  public let batch: Int
  /// How many batches an epoch has.
  public let batchCount: Int
  /// The discriminator's mean loss over the epoch so far.
  public let discriminatorLoss: Double
  /// The generator's mean loss over the epoch so far; 0 before its first step.
  public let generatorLoss: Double

  init(_ run: AdversarialState, epochs: Int, batchCount: Int) {
    let record = AdversarialEpoch(run)
    (epoch, self.epochs, batch, self.batchCount) = (record.epoch, epochs, run.batch, batchCount)
    (discriminatorLoss, generatorLoss) = (record.discriminatorLoss, record.generatorLoss)
  }
}

/// What an epoch of adversarial training came to: means over its steps.
public struct AdversarialEpoch: Sendable, Hashable {
  /// Counted from 1.
  public let epoch: Int
  /// The discriminator's mean loss.
  public let discriminatorLoss: Double
  /// The generator's mean loss; 0 where it made no step.
  public let generatorLoss: Double
  /// How long its steps took, in seconds.
  public let seconds: Double

  /// An epoch from its numbers.
  public init(epoch: Int, discriminatorLoss: Double, generatorLoss: Double, seconds: Double) {
    (self.epoch, self.seconds) = (epoch, seconds)
    (self.discriminatorLoss, self.generatorLoss) = (discriminatorLoss, generatorLoss)
  }

  init(_ run: AdversarialState) {
    self.init(
      epoch: run.epoch + 1, discriminatorLoss: run.discriminatorSum / Double(max(1, run.batch)),
      generatorLoss: run.generatorSum / Double(max(1, run.generatorSteps)), seconds: run.seconds)
  }
}
