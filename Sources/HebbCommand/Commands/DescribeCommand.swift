import ArgumentParser
import Hebb
import HebbFiles
import HebbTasks

/// `hebb describe`: what pictures show.
struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Say what pictures show, in a sentence each.",
    discussion: """
      hebb train caption
      hebb describe runs/caption photo.jpg
      hebb train caption --data ~/pictures
      hebb describe runs/caption a.jpg b.png --json

      A folder of your own holds pictures and captions.tsv: in each line the name of a picture, a tab and a caption. A \
      network that has seen few pictures knows those, and guesses the rest.
      """)

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Argument(help: ArgumentHelp("PNG and JPEG pictures of any size.", valueName: "picture"), completion: .file())
  var pictures: [String]

  @Option(
    help: ArgumentHelp("How many beginnings the search keeps; 1 takes the likeliest word each time.", valueName: "n"))
  var beams = 4

  @Flag(help: "Print one line of JSON for each picture.")
  var json = false

  func validate() throws {
    guard (1...64).contains(beams) else { throw ValidationError("--beams must be from 1 to 64") }
  }

  func run() throws {
    let describer = try DescribeModel(reading: Names.modelFile(model))
    for path in pictures {
      let (text, logProbability) = describer.describe(try Picture.read(path), beams: beams)
      if json {
        Console.line(
          JSON.object([
            .init("picture", .string(path)), .init("description", .string(text)),
            .init("logProbability", .number(logProbability)),
          ]).description)
      } else {
        Console.line(pictures.count > 1 ? "\(path)  \(text)" : text)
      }
    }
  }
}
