import ArgumentParser
import Hebb
import HebbFiles
import HebbRecipes

/// `hebb colorize`: colours for a grey photo.
struct ColorizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "colorize",
    abstract: "Guess the colours of a photo, at its full size.",
    discussion: """
      hebb train colorize
      hebb colorize runs/colorize grandmother.jpg
      hebb colorize runs/colorize photo.png --detail 96 --out colours.png

      Of a photo in colour only the lightness is looked at. Colours are guesses: what is green or blue is told by what \
      it looks like, and most things are brown.
      """)

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Argument(help: ArgumentHelp("A PNG or JPEG picture of any size.", valueName: "photo"), completion: .file())
  var photo: String

  @Option(
    help: ArgumentHelp("Pixels of the photo's longer side in the copy that colours are guessed on.", valueName: "n"))
  var detail = 64

  @Option(help: ArgumentHelp("The picture to write.", valueName: "file"))
  var out = "colorized.png"

  func validate() throws {
    guard (8...1024).contains(detail) else { throw ValidationError("--detail must be from 8 to 1024") }
  }

  func run() throws {
    let path = Names.modelFile(model)
    guard let trained = try TrainedGenerative(reading: path) else {
      // Says what is wrong with the file, where something is.
      _ = try ModelFile(reading: path)
      throw DataError(path, "it is no network that guesses colours", advice: "train one: hebb train colorize")
    }
    let coloring = PhotoColoring(try trained.colorizer(), detail: detail)
    try Picture.write(coloring(Picture.read(photo)), to: out)
    Console.line("wrote \(out)")
  }
}
