import ArgumentParser
import Foundation
import Hebb
import HebbFiles
import HebbOCR
import HebbRuns
import HebbTasks

/// `hebb ocr train`: a reader for lines of one's own.
struct OCRTrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a network to read your own pictures of lines.",
    discussion: """
      hebb ocr train --images captchas/
      hebb ocr train --images plates/ --labels plates.tsv --from latin
      hebb ocr train --images scans/ --labels scans.tsv --from runs/mine --alphabet " -~ßäöüÄÖÜ"

      Labels are lines of a picture's name, a tab, and its text; without them the text is the picture's name up to the last \
      underscore. A model that is learned on keeps what it knows of every character that stays; new ones are added. A tenth \
      of the pictures is kept for testing.
      """)

  @Option(help: ArgumentHelp("A folder or an archive of PNG and JPEG pictures of lines.", valueName: "folder"))
  var images: String

  @Option(help: ArgumentHelp("The texts: a name, a tab or comma, and a text in each line.", valueName: "file"))
  var labels: String?

  @Option(help: ArgumentHelp("Learn on from this run's folder or model file, from latin or zh.", valueName: "model"))
  var from: String?

  @Option(help: ArgumentHelp("The characters to know, as in 0-9A-Z.", valueName: "characters"))
  var alphabet: String?

  @Option(help: ArgumentHelp("The network: compact, crnn, recurrent or attention.", valueName: "name"))
  var kind: String?

  @Flag(help: "Learn the pictures as they are, not also as another camera might have taken them.")
  var asTheyAre = false

  @Option(help: ArgumentHelp("How many times every picture is seen.", valueName: "n"))
  var epochs: Int?

  @Option(help: ArgumentHelp("The seed of everything that is random.", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("The folder to write to; runs/read by default.", valueName: "folder"))
  var out: String?

  @OptionGroup var work: ThreadOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let epochs, !(1...100_000).contains(epochs) { throw ValidationError("--epochs must be from 1 to 100000") }
    if let seed, seed > UInt64(Int.max) { throw ValidationError("--seed must be at most \(Int.max)") }
    if from != nil, kind != nil { throw ValidationError("a model that is learned on keeps its kind: leave --kind out") }
  }

  func run() throws {
    work.apply()
    var options: [String: String] = [:]
    options["labels"] = labels.map(absolute)
    options["from"] = from.map { ShippedReaders.names.contains($0) ? $0 : absolute(Names.modelFile($0)) }
    options["alphabet"] = alphabet
    if asTheyAre { options["damage"] = "0" }
    guard FileManager.default.fileExists(atPath: images) else {
      throw DataError(images, "it is not there", advice: "name a folder of PNG or JPEG pictures, or an archive of them")
    }
    let plan = try TaskPlan(.read, kind: kind, source: images, epochs: epochs, seed: seed, options: options)
    let folder = try RunFolder.fresh(
      out, named: plan.recipe.name, advice: { "go on with hebb train --resume \($0), or name another folder" })
    try TaskTrainingRun(plan: plan, folder: folder, resumes: false, output: output).run()
  }

  /// So that the run can be resumed from anywhere.
  private func absolute(_ path: String) -> String { URL(fileURLWithPath: path).path }
}
