import Hebb

/// How a network that makes pictures is built: kept in its file.
package struct GenerativeForm: Sendable {
  /// The recipe's name.
  package let recipe: String
  package let kind: String
  /// Height, width and channels of a picture.
  package let sample: Shape
  package let classNames: [String]
  package let beta: Double

  static let noise = 64
  static let colorizerWidth = 16

  init(_ plan: GenerativePlan, _ data: PictureData) throws(DataError) {
    (recipe, kind, sample, beta) = (plan.recipe.name, plan.kind, data.sample, try plan.beta())
    classNames = plan.kind == "conditional" ? data.classNames : []
    guard plan.kind != "conditional" || classNames.count > 1 else {
      throw DataError(plan.source, "it has no classes", advice: "give a set with classes, or another --kind")
    }
  }

  /// The network with weights of its own.
  package func network(using random: inout Philox) -> GenerativeNetwork {
    switch recipe {
    case GenerativeRecipe.autoencoder.name:
      switch kind {
      case "denoising":
        .autoencoder(.shallow(sample, using: &random), .denoising(noise: 0.4))
      case "sparse":
        .autoencoder(.shallow(sample, using: &random), .sparse(share: 0.05, weight: 0.1))
      case "contractive":
        .autoencoder(.shallow(sample, using: &random), .contractive(weight: 0.1))
      case "convolutional":
        .autoencoder(.convolutional(sample, using: &random), .reconstruction)
      default: .autoencoder(.undercomplete(sample, using: &random), .reconstruction)
      }
    case GenerativeRecipe.vae.name: .vae(VAE(sample, classes: classNames.count, beta: beta, using: &random))
    case GenerativeRecipe.gan.name: adversaries(using: &random)
    default: .colorizer(Colorizer(width: GenerativeForm.colorizerWidth, using: &random))
    }
  }

  private func adversaries(using random: inout Philox) -> GenerativeNetwork {
    let (classes, noise) = (classNames.count, GenerativeForm.noise)
    if kind == "plain" {
      let generator = GANGenerator(noise: noise, sample: sample, using: &random)
      return .gan(generator, GANDiscriminator(sample: sample, using: &random), .standard)
    }
    let generator = DCGANGenerator(noise: noise + classes, side: sample[0], channels: sample[2], using: &random)
    let discriminator = DCGANDiscriminator(channels: sample[2] + classes, side: sample[0], using: &random)
    let objective: AdversarialObjective =
      kind == "least-squares" ? .leastSquares : kind == "wasserstein" ? .wasserstein : .standard
    return .gan(generator, discriminator, objective)
  }
}

/// A network that makes pictures.
package enum GenerativeNetwork {
  case autoencoder(Autoencoder, AutoencoderObjective)
  case vae(VAE)
  /// Generator and discriminator.
  case gan(any Layer, any Layer, AdversarialObjective)
  case colorizer(Colorizer)

  /// What a model's file holds.
  package var module: any Module {
    switch self {
    case .autoencoder(let network, _): network
    case .vae(let network): network
    case .gan(let generator, _, _): generator
    case .colorizer(let network): network
    }
  }
}

// MARK: - In a file

extension GenerativeForm {
  var json: JSON {
    .object([
      .init("generative", .string(recipe)), .init("kind", .string(kind)),
      .init("sample", .array(sample.map { .integer($0) })), .init("beta", .number(beta)),
    ])
  }

  /// The form that a model's file describes; nil where it is a network of another sort.
  init?(_ file: ModelFile) throws(DataError) {
    guard let json = try? JSON(parsing: Array(file.configuration.utf8), file: file.path),
      let name = json["generative"]?.string
    else { return nil }
    let extents = (json["sample"]?.elements ?? []).compactMap(\.integer)
    guard let recipe = GenerativeRecipe.named(name), let kind = json["kind"]?.string,
      recipe.kinds.contains(where: { $0.name == kind }), let beta = json["beta"]?.double, beta >= 0,
      extents.count == 3, extents[0] == extents[1], (4...256).contains(extents[0]), extents[0] % 4 == 0,
      [1, 3].contains(extents[2]), file.classNames.count <= 1000, (file.classNames.count > 1) == (kind == "conditional")
    else {
      throw DataError(
        file.path, at: "header", "its description of the network is damaged", advice: "take an undamaged copy")
    }
    (self.recipe, self.kind, sample, classNames, self.beta) = (name, kind, Shape(extents), file.classNames, beta)
  }
}
