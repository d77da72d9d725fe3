import ArgumentParser
import Hebb
import HebbPlots
import HebbRecipes

/// `hebb sample`: what a Boltzmann machine dreams of.
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draw samples from a Boltzmann machine or a deep belief network.",
    discussion: """
      hebb train rbm
      hebb sample runs/rbm --count 40 --out dreams.png
      """)

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Option(help: ArgumentHelp("How many samples.", valueName: "n"))
  var count = 20

  @Option(help: ArgumentHelp("Steps of Gibbs sampling before each sample.", valueName: "n"))
  var steps = 1_000

  @Option(help: ArgumentHelp("The picture to write; tables are printed.", valueName: "file"))
  var out = "samples.png"

  @Option(help: ArgumentHelp("The seed of everything that is random.", valueName: "n"))
  var seed: UInt64 = 1

  func validate() throws {
    guard (1...1_000).contains(count) else { throw ValidationError("--count must be from 1 to 1000") }
    guard (1...1_000_000).contains(steps) else { throw ValidationError("--steps must be from 1 to 1000000") }
  }

  func run() throws {
    let trained = try TrainedRule(reading: Names.modelFile(model))
    var random = Philox(seed: seed)
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
}
