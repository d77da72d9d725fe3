import Hebb
import HebbRuns

/// A network that makes pictures, with data and settings, under a name that `hebb train` takes.
package struct GenerativeRecipe: RunRecipe {
  package static let family = "generative"
  /// What the weight of the divergence is called among the options.
  package static let beta = "beta"

  package let name: String
  /// One line.
  package let summary: String
  /// The set that it learns unless another is given.
  package let data: String
  /// The variants, the usual one first, each with the epochs that it takes.
  package let kinds: [(name: String, epochs: Int)]
  package let batchSize: Int
  package var options: [(name: String, meaning: String)] = []

  package static let autoencoder = GenerativeRecipe(
    name: "autoencoder", summary: "gives back what it is given through a small code", data: "mnist",
    kinds: [
      ("undercomplete", 20), ("denoising", 20), ("sparse", 20), ("contractive", 20), ("convolutional", 10),
    ], batchSize: 128)

  package static let vae = GenerativeRecipe(
    name: "vae", summary: "a variational autoencoder, 784-400-20 on MNIST: learns a likelihood, and draws samples",
    data: "mnist", kinds: [("plain", 20), ("conditional", 20)], batchSize: 128,
    options: [(beta, "the weight of the divergence")])

  package static let gan = GenerativeRecipe(
    name: "gan", summary: "a generator learns from a discriminator that learns to see through it", data: "mnist",
    kinds: [("dcgan", 10), ("plain", 50), ("conditional", 5), ("least-squares", 5), ("wasserstein", 20)],
    batchSize: 64)

  package static let colorize = GenerativeRecipe(
    name: "colorize", summary: "a U-Net that guesses the colours of grey pictures", data: "cifar10",
    kinds: [("u-net", 10)], batchSize: 64)

  /// Every recipe.
  package static let all: [GenerativeRecipe] = [.autoencoder, .vae, .gan, .colorize]
}

/// What is to be trained.
package typealias GenerativePlan = RunPlan<GenerativeRecipe>

extension GenerativePlan {
  /// The weight of a variational autoencoder's divergence.
  func beta() throws(DataError) -> Double {
    guard let text = options[GenerativeRecipe.beta] else { return 1 }
    guard let beta = Double(text), beta >= 0, beta.isFinite else {
      throw DataError("--set beta=\(text)", "it is no number from 0", advice: "give another one")
    }
    return beta
  }
}
