import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers
import HebbModels
import HebbTesting
import HebbTraining
import Testing

@Suite struct AdversarialTests {
  @Test(arguments: [
    ("standard", AdversarialObjective.standard), ("leastSquares", .leastSquares), ("wasserstein", .wasserstein),
  ])
  func objectivesAgreeWithPyTorch(_ name: String, _ objective: AdversarialObjective) throws {
    let judged = [reference["gan.real"], reference["gan.fake"]]
    let (first, mine, _) = valueAndGradients(at: judged) { objective.discriminatorLoss(real: $0[0], fake: $0[1]) }
    let (second, wishes, _) = valueAndGradients(at: [judged[1]]) { objective.generatorLoss(fake: $0[0]) }
    let losses = NDArray([first.scalar, second.scalar])
    #expect(difference(losses, reference["gan.\(name)"]) < 1e-12)
    #expect(difference(.stacked(mine + wishes), reference["gan.\(name).gradients"]) < 1e-12)
  }

  private func gan(
    _ objective: AdversarialObjective = .standard, classes: Int = 0, seed: UInt64 = 1
  ) -> AdversarialTrainer {
    var random = Philox(seed: seed)
    let adam = Adam(learningRate: 2e-3, beta1: 0.5)
    let rms = RMSProp(learningRate: 1e-3)
    let optimizer: any Optimizer = objective.clip == nil ? adam : rms
    let generator = DCGANGenerator(noise: 4 + classes, side: 8, using: &random)
    let discriminator = DCGANDiscriminator(channels: 1 + classes, side: 8, using: &random)
    return AdversarialTrainer(
      generator, discriminator, objective: objective, noise: 4, classes: classes, optimizers: (optimizer, optimizer),
      seed: seed)
  }

  /// Samples come to look like the data: closer to one of the four kinds than noise is, and of more than one kind.
  @Test(arguments: [
    AdversarialObjective.standard, .leastSquares, .wasserstein(clip: 0.05, criticSteps: 2),
  ])
  func learns(_ objective: AdversarialObjective) throws {
    let data = corners(256, range: -1...1)
    let gan = gan(objective)
    var random = Philox(seed: 2)
    let before = nearest(gan.sample(count: 100, using: &random), data)
    let epochs = try gan.fit(data, epochs: 16, batchSize: 16)
    let after = nearest(gan.sample(count: 100, using: &random), data)
    #expect(epochs.count == 16 && epochs.allSatisfy { $0.discriminatorLoss.isFinite && $0.generatorLoss.isFinite })
    #expect(after < 0.5 * before, "\(before) \(after)")
  }

  /// The mean squared distance of samples to the nearest of the data.
  private func nearest(_ x: NDArray, _ data: ArrayDataset) -> Double {
    let (a, b) = (x.flattened(from: 1), data.inputs.flattened(from: 1))
    let scores = a.matmul(b, transposingRight: true) * 2 - b.squared().sum(axis: 1)
    return (a.squared().sum(axis: 1) - scores.max(axes: [1])).mean().scalar
  }

  @Test func theClassAskedForIsMade() throws {
    let data = corners(256, range: -1...1)
    let gan = gan(classes: 4)
    _ = try gan.fit(data, epochs: 12, batchSize: 16)
    var random = Philox(seed: 2)
    let labels = NDArray((0..<80).map { Int32($0 % 4) })
    let samples = gan.sample(count: 80, labels: labels, using: &random).flattened(from: 1)
    let found = samples.matmul(data.inputs[0..<4].flattened(from: 1), transposingRight: true).argMax(axis: 1)
    let right = zip(found.elements(as: Int32.self), labels.elements(as: Int32.self)).filter { $0 == $1 }.count
    #expect(right >= 70, "\(right) of 80")
  }

  @Test func clippedWeightsStayWithinTheBound() throws {
    let gan = gan(.wasserstein(clip: 0.02, criticSteps: 3))
    _ = try gan.fit(corners(64, range: -1...1), epochs: 1, batchSize: 16)
    let weights = gan.discriminator.parameters.filter { $0.role == .weight }
    #expect(!weights.isEmpty && weights.allSatisfy { $0.value.abs().max().scalar <= 0.02 })
  }

  /// The average of the generator's weights follows them, and takes their place when asked.
  @Test func weightsAreAveraged() throws {
    let (plain, last, smooth) = (gan(), gan(), gan())
    last.average = WeightAverage(decay: 0)
    smooth.average = WeightAverage(decay: 0.9)
    for gan in [plain, last, smooth] {
      _ = try gan.fit(corners(64, range: -1...1), epochs: 2, batchSize: 16)
      gan.takeAverage()
    }
    let weights = { (gan: AdversarialTrainer) in
      NDArray.concatenated(gan.generator.parameters.map { $0.value.reshaped([$0.value.count]) }, axis: 0)
    }
    // An average that forgets everything is the last weights, up to the rounding of their difference.
    #expect(difference(weights(plain), weights(last)) < 1e-6)
    #expect(difference(weights(plain), weights(smooth)) > 1e-4)
    #expect(smooth.generator.parameters.allSatisfy { $0.value.allFinite })
  }

  /// A run that is stopped and resumed gives the same bits; other settings and damaged files are refused.
  @Test func isResumed() throws {
    try withTemporaryFolder { folder in
      let data = corners(64, range: -1...1)
      let whole = averagingGAN()
      _ = try whole.fit(data, epochs: 3, batchSize: 16)
      let first = averagingGAN()
      first.checkpoints = CheckpointPlan(folder: folder, best: nil)
      _ = try first.fit(data, epochs: 1, batchSize: 16)
      let second = averagingGAN()
      let path = folder + "/checkpoint.safetensors"
      try second.resume(from: path)
      let epochs = try second.fit(data, epochs: 3, batchSize: 16)
      #expect(epochs.count == 3 && epochs.map(\.generatorLoss) == whole.epochs.map(\.generatorLoss))
      for gan in [whole, second] { gan.takeAverage() }
      for (a, b) in [(whole.generator, second.generator), (whole.discriminator, second.discriminator)] {
        #expect(a.parameters.map(\.value.fingerprint) == b.parameters.map(\.value.fingerprint))
      }
      let other = gan(.leastSquares)
      #expect(throws: CheckpointError.self) { try other.resume(from: path) }
      let third = averagingGAN()
      try third.resume(from: path)
      #expect(throws: TrainingError.self) { try third.fit(corners(96, range: -1...1), epochs: 3, batchSize: 16) }
    }
  }

  private func averagingGAN() -> AdversarialTrainer {
    let gan = gan(.wasserstein(clip: 0.05, criticSteps: 3))
    gan.average = WeightAverage(decay: 0.8)
    return gan
  }

  @Test func theCollapseOfModesIsSeen() {
    let data = corners(400)
    let coverage = ModeCoverage(landmarks: data.inputs[0..<40], real: data.inputs[40..<400])
    #expect(abs(coverage(data.inputs[40..<400]) - 1) < 1e-12)
    let one = NDArray.concatenated([NDArray](repeating: data.inputs[0..<1], count: 50), axis: 0)
    #expect(coverage(one) < ModeCoverage.collapse)
  }

  @Test func numbersThatAreNoneAreTold() {
    let bad = ArrayDataset(
      name: "bad", inputs: .full([16, 8, 8, 1], .nan), targets: .zeros([16], dtype: .int32))
    let gan = gan()
    #expect(throws: TrainingError.self) { try gan.fit(bad, epochs: 1, batchSize: 8) }
  }
}
