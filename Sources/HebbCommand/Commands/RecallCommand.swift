import ArgumentParser
import Hebb
import HebbFiles
import HebbPlots
import HebbRecipes

/// `hebb recall`: a memory repairs damaged pictures.
struct RecallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recall",
    abstract: "Repair damaged pictures with a Hopfield network or a Boltzmann machine.",
    discussion: """
      hebb train hopfield
      hebb recall runs/hopfield damaged.png
      hebb recall runs/rbm half.png --known upper --out whole.png
      """)

  /// Which part of a picture is given.
  enum Known: String, CaseIterable, ExpressibleByArgument { case all, upper, lower, left, right }

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Argument(help: ArgumentHelp("PNG and JPEG pictures.", valueName: "picture"), completion: .file())
  var pictures: [String]

  @Option(help: "The part that is given and stays; the rest is sought.")
  var known: Known = .all

  @Option(help: ArgumentHelp("The picture to write: given above, repaired below.", valueName: "file"))
  var out = "recalled.png"

  @Option(help: ArgumentHelp("The seed of everything that is random.", valueName: "n"))
  var seed: UInt64 = 1

  @Flag(help: "Change black and white of the pictures.")
  var invert = false

  func run() throws {
    let trained = try TrainedRule(reading: Names.modelFile(model))
    let x = try trained.samples(of: pictures, inverts: invert)
    let mask = known == .all ? nil : mask(trained.form.shape)
    var random = Philox(seed: seed)
    let found = try trained.recall(x, known: mask, using: &random)
    guard let sheet = trained.form.pictures(.concatenated([mask.map { x * $0 } ?? x, found.states], axis: 0)) else {
      return
    }
    try FigureFile.write(.contactSheet("given, repaired", images: sheet, columns: pictures.count), as: out)
    Console.line("wrote \(out)")
    for index in found.energies.first?.indices ?? [].indices {
      let trace = found.energies.map { NumberText.fixed($0[index], places: 1) }
      Console.line("energy of \(pictures[index]) by sweep: \(trace.joined(separator: ", "))")
    }
  }

  /// 1 where a pixel is given.
  private func mask(_ shape: Shape) -> NDArray {
    let (height, width) = (shape[0], shape[1])
    return NDArray(
      (0..<height * width).map { pixel -> Float in
        let (row, column) = (pixel / width, pixel % width)
        switch known {
        case .all: return 1
        case .upper: return row < height / 2 ? 1 : 0
        case .lower: return row >= height / 2 ? 1 : 0
        case .left: return column < width / 2 ? 1 : 0
        case .right: return column >= width / 2 ? 1 : 0
        }
      })
  }
}
