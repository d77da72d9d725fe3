import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers
import HebbModels
import HebbTesting
import HebbTraining
import Testing

@Suite struct AutoencoderTests {
  /// Losses and gradients are PyTorch's, the Jacobian by its own differentiation.
  @Test(arguments: [
    ("plain", AutoencoderObjective.reconstruction), ("contractive", .contractive(weight: 0.3)),
    ("sparse", .sparse(share: 0.1, weight: 0.7)),
  ])
  func agreesWithPyTorch(_ name: String, _ objective: AutoencoderObjective) throws {
    var random = Philox(seed: 0)
    let network = Autoencoder.shallow([6], code: 4, using: &random)
    network.cast(to: .float64)
    try network.load(reference.values("ae.", for: network))
    let x = reference["ae.x"]
    let batch = Batch(inputs: x, targets: .zeros([5], dtype: .int32), indices: Array(0..<5))
    let (loss, gradients) = Pass.training(seed: 0) { valueAndGradients { network.outcome(batch, objective).loss } }
    #expect(difference(loss, reference["ae.\(name)"].reshaped(loss.shape)) < 1e-9)
    let weight = try #require(network.namedParameters.first { $0.name == "encoder.1.weight" }?.parameter)
    let gradient = try #require(gradients[weight])
    #expect(difference(gradient, reference["ae.\(name).gradient"]) < 1e-9)
  }

  @Test(arguments: ["undercomplete", "denoising", "sparse", "contractive", "convolutional"])
  func learns(_ kind: String) throws {
    let data = corners(256)
    var random = Philox(seed: 1)
    let shape: Shape = [8, 8, 1]
    let (network, objective): (Autoencoder, AutoencoderObjective) =
      switch kind {
      case "denoising": (.shallow(shape, code: 24, using: &random), .denoising(noise: 0.3))
      case "sparse": (.shallow(shape, code: 24, using: &random), .sparse(share: 0.2, weight: 0.1))
      case "contractive": (.shallow(shape, code: 24, using: &random), .contractive(weight: 0.01))
      case "convolutional": (.convolutional(shape, code: 4, using: &random), .reconstruction)
      default: (.undercomplete(shape, hidden: 24, code: 2, using: &random), .reconstruction)
      }
    let trainer = network.trainer(objective, Adam(learningRate: 1e-2), seed: 1)
    let history = try trainer.fit(data, validation: data, epochs: 40, batchSize: 32)
    let x = data.all.inputs
    let error = (network(x) - x).squared().mean().scalar
    let guess = (x - x.mean(axis: 0)).squared().mean().scalar
    #expect(error < 0.2 * guess, "\(error) of \(guess)")
    #expect(history.epochs[39].validationLoss ?? .nan < history.epochs[0].validationLoss ?? .nan)
    #expect(network.encode(x).shape[0] == 256)
    guard kind == "denoising" else { return }
    let noisy = x + NDArray.normal(x.shape, standardDeviation: 0.3, using: &random)
    #expect((network(noisy) - x).squared().mean().scalar < 0.5 * (noisy - x).squared().mean().scalar)
  }
}
