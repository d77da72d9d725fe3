import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers
import HebbModels
import HebbTesting
import HebbTraining
import Testing

@Suite struct VAETests {
  /// Loss and gradients of a conditional β-VAE with given weights and noise are PyTorch's.
  @Test(arguments: [DType.float64, .float32]) func agreesWithPyTorch(_ dtype: DType) throws {
    var random = Philox(seed: 0)
    let network = VAE([6], hidden: 5, latent: 3, classes: 2, beta: 2, using: &random)
    network.cast(to: dtype)
    try network.load(reference.values("vae.", for: network))
    if dtype == .float32 { network.cast(to: dtype) }
    let labels = NDArray([0, 1, 1, 0] as [Int32])
    let (x, noise) = (reference["vae.x"].cast(to: dtype), reference["vae.noise"].cast(to: dtype))
    var terms: [NDArray] = []
    let (_, gradients) = valueAndGradients {
      let found = network.terms(x, labels: labels, noise: noise)
      terms = [found.reconstruction.value, found.divergence.value]
      return (found.reconstruction + found.divergence * network.beta) / 4
    }
    let allowed = dtype == .float64 ? 1e-10 : 1e-4
    #expect(abs(terms[0].scalar - reference["vae.error"].scalar) < allowed)
    #expect(abs(terms[1].scalar - reference["vae.divergence"].scalar) < allowed)
    for (name, parameter) in network.namedParameters {
      let gradient = try #require(gradients[parameter])
      #expect(difference(gradient, reference["vae.gradient.\(name)"]) < allowed, "\(name)")
    }
  }

  /// The bound rises, samples are of the four kinds, and reconstructions come close.
  @Test func learns() throws {
    let data = corners(256)
    var random = Philox(seed: 1)
    let network = VAE([8, 8, 1], hidden: 32, latent: 2, using: &random)
    let before = network.evidence(of: data, using: &random)
    let history = try network.trainer(Adam(learningRate: 5e-3), seed: 1).fit(data, epochs: 60, batchSize: 32)
    let after = network.evidence(of: data, using: &random)
    #expect(history.epochs.count == 60 && after.bound > before.bound + 20, "\(before) \(after)")
    #expect(abs(after.bound + after.reconstruction + after.divergence) < 1e-9)
    let x = data.all.inputs
    #expect((network.reconstruct(x) - x).abs().mean().scalar < 0.1)
    let samples = network.sample(count: 50, using: &random)
    #expect(samples.shape == [50, 8, 8, 1] && samples.min().scalar >= 0 && samples.max().scalar <= 1)
  }

  /// A conditional network draws the class that it is asked for.
  @Test func drawsTheClassAskedFor() throws {
    let data = corners(256)
    var random = Philox(seed: 1)
    let network = VAE([8, 8, 1], hidden: 32, latent: 2, classes: 4, using: &random)
    _ = try network.trainer(Adam(learningRate: 5e-3), seed: 1).fit(data, epochs: 100, batchSize: 32)
    let labels = NDArray((0..<40).map { Int32($0 % 4) })
    let samples = network.sample(count: 40, labels: labels, using: &random)
    let means = data.all.inputs[0..<4].flattened(from: 1)
    let found = samples.flattened(from: 1).matmul(means, transposingRight: true).argMax(axis: 1)
    let right = zip(found.elements(as: Int32.self), labels.elements(as: Int32.self)).filter { $0 == $1 }.count
    #expect(right >= 38, "\(right) of 40")
  }

  /// A larger β buys a smaller divergence.
  @Test func betaWeighsTheDivergence() throws {
    let data = corners(128)
    let divergences = try [0.1, 20].map { beta in
      var random = Philox(seed: 1)
      let network = VAE([8, 8, 1], hidden: 16, latent: 2, beta: beta, using: &random)
      _ = try network.trainer(Adam(learningRate: 5e-3), seed: 1).fit(data, epochs: 30, batchSize: 32)
      return network.evidence(of: data, using: &random).divergence
    }
    #expect(divergences[0] > 2 * divergences[1], "\(divergences)")
  }

  @Test func isSavedAndResumed() throws {
    try withTemporaryFolder { folder in
      let data = corners(64)
      func trained(_ epochs: [Int]) throws -> VAE {
        var random = Philox(seed: 1)
        let network = VAE([8, 8, 1], hidden: 8, latent: 2, using: &random)
        for (index, count) in epochs.enumerated() {
          let trainer = network.trainer(seed: 5)
          if index > 0 { try trainer.resume(from: folder + "/c.safetensors") }
          _ = try trainer.fit(data, epochs: count, batchSize: 16)
          try trainer.saveCheckpoint(to: folder + "/c.safetensors")
        }
        return network
      }
      let (whole, parts) = (try trained([4]), try trained([1, 4]))
      #expect(whole.parameters.map(\.value.fingerprint) == parts.parameters.map(\.value.fingerprint))
      try whole.save(to: folder + "/m.safetensors")
      var random = Philox(seed: 9)
      let read = VAE([8, 8, 1], hidden: 8, latent: 2, using: &random)
      try read.load(from: folder + "/m.safetensors")
      #expect(read.parameters.map(\.value.fingerprint) == whole.parameters.map(\.value.fingerprint))
    }
  }

  /// NaN among the samples ends training with one line.
  @Test func numbersThatAreNoneAreTold() throws {
    var random = Philox(seed: 1)
    let network = VAE([2], hidden: 4, latent: 1, using: &random)
    let bad = ArrayDataset(
      name: "bad", inputs: NDArray([0, .nan, 1, 0] as [Float], shape: [2, 2]), targets: NDArray([0, 0] as [Int32]))
    #expect(throws: TrainingError.self) { try network.trainer().fit(bad, epochs: 1) }
  }
}
