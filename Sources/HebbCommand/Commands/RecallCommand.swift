import ArgumentParser
import Hebb
import HebbFiles
import HebbPlots
import HebbRecipes
import HebbRuns

/// `hebb recall`: a memory repairs damaged pictures.
struct RecallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recall",
    abstract: "Repair damaged pictures with a Hopfield network or a Boltzmann machine.",
    discussion: """
      hebb train hopfield
      hebb recall runs/hopfield damaged.png
      hebb recall runs/rbm half.png --known upper --out whole.png
      hebb recall runs/rbm half.png --known upper --frames way.png
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

  @Option(help: ArgumentHelp("An animated PNG to write: the way from given to repaired.", valueName: "file"))
  var frames: String?

  @Option(help: ArgumentHelp("The seed of everything that is random.", valueName: "n"))
  var seed: UInt64 = 1

  @Flag(help: "Change black and white of the pictures.")
  var invert = false

  func validate() throws {
    guard frames?.lowercased().hasSuffix(".png") ?? true else {
      throw ValidationError("--frames is a PNG: let its name end in .png")
    }
  }

  func run() throws {
    let trained = try TrainedRule(reading: Names.modelFile(model))
    let x = try trained.samples(of: pictures, inverts: invert)
    let mask = known == .all ? nil : mask(trained.form.shape)
    var random = Philox(seed: seed)
    var way: [NDArray] = []
    let found = try trained.recall(x, known: mask, using: &random, watcher: frames == nil ? nil : { way.append($0) })
    let given = mask.map { x * $0 } ?? x
    guard let sheet = sheet(given, found.states, trained.form) else { return }
    try FigureFile.write(sheet, as: out)
    Console.line("wrote \(out)")
    if let frames {
      let steps = RecallCommand.thinned([given] + way + [found.states]).compactMap {
        self.sheet(given, $0, trained.form)
      }
      try FigureFile.write(steps, animated: frames)
      Console.line("wrote \(frames)")
    }
    for index in found.energies.first?.indices ?? [].indices {
      let trace = found.energies.map { NumberText.fixed($0[index], places: 1) }
      Console.line("energy of \(pictures[index]) by sweep: \(trace.joined(separator: ", "))")
    }
  }

  /// Given samples above, repaired ones below.
  private func sheet(_ given: NDArray, _ found: NDArray, _ form: RuleForm) -> Figure? {
    form.pictures(.concatenated([given, found], axis: 0)).map {
      .contactSheet("given, repaired", images: $0, columns: pictures.count)
    }
  }

  /// At most 40 of the states, evenly, the first and the last among them.
  private static func thinned(_ states: [NDArray]) -> [NDArray] {
    let count = min(states.count, 40)
    return (0..<count).map { states[$0 * (states.count - 1) / max(count - 1, 1)] }
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
