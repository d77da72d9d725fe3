import ArgumentParser
import Hebb
import HebbPlots
import HebbRecipes
import HebbRuns

/// `hebb sample`: what a network that has learned pictures dreams of.
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draw samples from a vae, a gan, a Boltzmann machine or a deep belief network.",
    discussion: """
      hebb train rbm
      hebb sample runs/rbm --count 40 --out dreams.png
      hebb sample runs/gan --judge runs/mnist-lenet

      A judge is a trained classifier: it tells which classes it sees in 10,000 samples, and how far their features are \
      from those of real pictures (Fréchet distance).
      """)

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Option(help: ArgumentHelp("How many samples.", valueName: "n"))
  var count = 20

  @Option(help: ArgumentHelp("Steps of Gibbs sampling before each sample of a Boltzmann machine.", valueName: "n"))
  var steps = 1_000

  @Option(
    name: .customLong("class"),
    help: ArgumentHelp("The class of all samples, of a conditional network.", valueName: "name"))
  var className: String?

  @Option(help: ArgumentHelp("A classifier that judges the samples: its run's folder or file.", valueName: "model"))
  var judge: String?

  @Option(help: ArgumentHelp("The picture to write; tables are printed.", valueName: "file"))
  var out = "samples.png"

  @Option(help: ArgumentHelp("The seed of everything that is random.", valueName: "n"))
  var seed: UInt64 = 1

  func validate() throws {
    guard (1...1_000).contains(count) else { throw ValidationError("--count must be from 1 to 1000") }
    guard (1...1_000_000).contains(steps) else { throw ValidationError("--steps must be from 1 to 1000000") }
  }

  func run() throws {
    var random = Philox(seed: seed)
    if let trained = try TrainedGenerative(reading: Names.modelFile(model)) {
      return try sample(trained, using: &random)
    }
    let trained = try TrainedRule(reading: Names.modelFile(model))
    guard judge == nil, className == nil else {
      throw DataError(model, "a network of local rules has no classes to draw", advice: "leave --judge and --class out")
    }
    let found = try trained.sample(count: count, steps: steps, using: &random)
    guard let sheet = trained.form.pictures(found) else {
      for row in 0..<count {
        let numbers: [Float] = found.row(row).elements()
        Console.line(numbers.map { NumberText.short(Double($0)) }.joined(separator: ","))
      }
      return
    }
    try FigureFile.write(.contactSheet("samples", images: sheet), as: out)
    Console.line("wrote \(out)")
  }

  private func sample(_ trained: TrainedGenerative, using random: inout Philox) throws {
    let label = try className.map { name throws(DataError) in try trained.label(of: name) }
    let sheet = try trained.sample(count: count, label: label, using: &random)
    try FigureFile.write(.contactSheet("samples", images: sheet), as: out)
    Console.line("wrote \(out)")
    guard let judge else { return }
    let judged = try SampleJudge(reading: Names.modelFile(judge))
    let pictures = try (0..<20).map { _ in try trained.sample(count: 500, label: label, using: &random) }
    let verdict = try judged(.concatenated(pictures, axis: 0))
    let shares = zip(verdict.classNames, verdict.shares).map { "\($0) \(NumberFormat.percent($1, places: 1))" }
    Console.line("classes of 10,000 samples: \(shares.joined(separator: ", "))")
    Console.line(
      "Fréchet distance to the test pictures \(NumberText.fixed(verdict.distance, places: 2)); of as many training "
        + "pictures \(NumberText.fixed(verdict.realDistance, places: 2))")
  }
}
