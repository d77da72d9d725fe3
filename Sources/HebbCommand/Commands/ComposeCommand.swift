import ArgumentParser
import Hebb
import HebbPlots
import HebbRuns
import HebbTasks

/// `hebb compose`: music by a trained network.
struct ComposeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compose",
    abstract: "Compose music with a trained network, as a MIDI file and a picture.",
    discussion: """
      hebb train chorales
      hebb compose runs/chorales --steps 128 --out song.mid
      hebb compose runs/chorales --temperature 0.7 --seed 5
      """)

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Option(help: ArgumentHelp("How many quarter notes.", valueName: "n"))
  var steps = 64

  @Option(
    help: ArgumentHelp(
      "Below 1 likely keys become likelier; 0 takes all that are likelier than not.", valueName: "number"))
  var temperature = 0.8

  @Option(help: ArgumentHelp("Quarter notes a minute.", valueName: "n"))
  var tempo = 90

  @Option(help: ArgumentHelp("The seed of everything that is drawn.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("The MIDI file to write; a picture of its piano roll goes beside it.", valueName: "file"))
  var out = "song.mid"

  @Flag(help: "Print one line of JSON: the keys of each step by their MIDI numbers.")
  var json = false

  func validate() throws {
    guard (1...10_000).contains(steps) else { throw ValidationError("--steps must be from 1 to 10000") }
    guard temperature >= 0, temperature.isFinite else { throw ValidationError("--temperature must be 0 or more") }
    guard (20...300).contains(tempo) else { throw ValidationError("--tempo must be from 20 to 300") }
    guard !out.isEmpty else { throw ValidationError("--out must name a file") }
  }

  func run() throws {
    let composer = try Composer(reading: Names.modelFile(model))
    var random = Philox(seed: seed)
    let music = composer.compose(steps: steps, temperature: temperature, using: &random)
    try AtomicFile.write(MIDIFile.bytes(of: music, tempo: tempo), to: out)
    let picture = (out.lowercased().hasSuffix(".mid") ? String(out.dropLast(4)) : out) + ".png"
    try FigureFile.write(.pianoRoll("composed", music), as: picture)
    if json {
      let keys = JSON.array(music.steps.map { .array($0.map { .integer($0) }) })
      return Console.line(
        JSON.object([.init("file", .string(out)), .init("picture", .string(picture)), .init("steps", keys)]).description
      )
    }
    Console.line("wrote \(out)")
    Console.line("picture \(picture)")
  }
}
