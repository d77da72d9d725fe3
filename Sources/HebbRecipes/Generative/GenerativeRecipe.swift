import Hebb
import HebbRuns

/// A network that makes pictures, with data and settings, under a name that `hebb train` takes.
package struct GenerativeRecipe: Sendable {
  package let name: String
  /// One line.
  package let summary: String
  /// The set that it learns unless another is given.
  package let data: String
  /// The variants, the usual one first, each with the epochs that it takes.
  package let kinds: [(name: String, epochs: Int)]
  package let batchSize: Int

  package static let autoencoder = GenerativeRecipe(
    name: "autoencoder", summary: "gives back what it is given through a small code", data: "mnist",
    kinds: [
      ("undercomplete", 20), ("denoising", 20), ("sparse", 20), ("contractive", 20), ("convolutional", 10),
    ], batchSize: 128)

  package static let vae = GenerativeRecipe(
    name: "vae", summary: "a variational autoencoder, 784-400-20 on MNIST: learns a likelihood, and draws samples",
    data: "mnist", kinds: [("plain", 20), ("conditional", 20)], batchSize: 128)

  package static let gan = GenerativeRecipe(
    name: "gan", summary: "a generator learns from a discriminator that learns to see through it", data: "mnist",
    kinds: [("dcgan", 5), ("plain", 50), ("conditional", 5), ("least-squares", 5), ("wasserstein", 20)],
    batchSize: 64)

  package static let colorize = GenerativeRecipe(
    name: "colorize", summary: "a U-Net that guesses the colours of grey pictures", data: "cifar10",
    kinds: [("u-net", 10)], batchSize: 64)

  /// Every recipe.
  package static let all: [GenerativeRecipe] = [.autoencoder, .vae, .gan, .colorize]

  package static func named(_ name: String) -> GenerativeRecipe? { all.first { $0.name == name } }
}

/// What is to be trained, as it is kept in `run.json`.
package struct GenerativePlan: Sendable {
  package let recipe: GenerativeRecipe
  package let kind: String
  /// A data set's name or a folder of pictures.
  package let source: String
  package var epochs: Int
  package let seed: UInt64
  /// The weight of a variational autoencoder's divergence.
  package let beta: Double

  package init(
    _ recipe: GenerativeRecipe, kind: String?, source: String?, epochs: Int?, seed: UInt64?, beta: Double?
  ) throws(DataError) {
    let kind = kind ?? recipe.kinds[0].name
    guard let known = recipe.kinds.first(where: { $0.name == kind }) else {
      let names = recipe.kinds.map(\.name).joined(separator: ", ")
      throw DataError(recipe.name, "there is no kind \(kind)", advice: "give one of \(names)")
    }
    guard beta == nil || recipe.name == GenerativeRecipe.vae.name else {
      throw DataError(recipe.name, "it has no divergence to weigh", advice: "leave --beta out, or train a vae")
    }
    (self.recipe, self.kind, self.source) = (recipe, kind, source ?? recipe.data)
    (self.epochs, self.seed, self.beta) = (epochs ?? known.epochs, seed ?? 1, beta ?? 1)
  }

  /// The plan of a run that was begun; nil where the run is of another sort.
  package init?(resuming run: RunFolder) throws(DataError) {
    guard run.holdsRun else { return nil }
    let json = try JSON(parsing: InputFile.bytes(of: run.description, limit: 1 << 22), file: run.description)
    guard let name = json["generative"]?.string else { return nil }
    guard let recipe = GenerativeRecipe.named(name), let kind = json["kind"]?.string,
      let source = json["data"]?.string, let epochs = json["epochs"]?.integer, let seed = json["seed"]?.integer,
      let beta = json["beta"]?.double, epochs > 0, seed >= 0, beta >= 0
    else { throw DataError(run.description, "it does not say what was run", advice: "begin a new run") }
    try self.init(
      recipe, kind: kind, source: source, epochs: epochs, seed: UInt64(seed),
      beta: recipe.name == GenerativeRecipe.vae.name ? beta : nil)
  }

  /// What was run, and what came out.
  package func json(status: String, results: [(name: String, value: Double)] = [], seconds: Double? = nil) -> JSON {
    var members: [JSON.Member] = [
      .init("status", .string(status)), .init("generative", .string(recipe.name)), .init("kind", .string(kind)),
      .init("data", .string(source)), .init("epochs", .integer(epochs)), .init("seed", .integer(Int(clamping: seed))),
      .init("beta", .number(beta)),
    ]
    if let seconds { members.append(.init("seconds", .number(seconds))) }
    if !results.isEmpty {
      members.append(.init("results", .object(results.map { .init($0.name, .number($0.value)) })))
    }
    return .object(members)
  }
}
