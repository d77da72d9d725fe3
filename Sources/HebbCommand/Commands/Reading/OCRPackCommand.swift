import ArgumentParser
import HebbArrays
import HebbModels
import HebbOCR
import HebbTraining

/// `hebb ocr pack`: a reader in half the bytes.
struct OCRPackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Write a reader with half-precision weights, in half the bytes.",
    discussion: """
      hebb ocr pack runs/latin --out latin.safetensors

      The file is read like any other model; what it reads differs from the original's in the rarest cases.
      """)

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
  var out: String

  func validate() throws {
    guard out.hasSuffix(".safetensors") else { throw ValidationError("--out must end in .safetensors") }
  }

  func run() throws {
    let reader = try TextReader(file: Names.modelFile(model))
    try TaskFile.write(reader, history: History(), to: out, halves: true)
    Console.line("wrote \(out)")
  }
}
