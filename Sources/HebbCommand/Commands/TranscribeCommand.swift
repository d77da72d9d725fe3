import ArgumentParser
import Hebb
import HebbFiles
import HebbRuns
import HebbTasks

/// `hebb transcribe`: which words a recording holds.
struct TranscribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transcribe",
    abstract: "Read the words that are spoken in WAV files.",
    discussion: """
      hebb train speech-digits
      hebb transcribe runs/speech-digits number.wav
      hebb transcribe runs/speech-digits *.wav --json
      hebb transcribe runs/speech-digits number.wav --picture number.png
      arecord -f S16_LE -r 8000 -d 5 | hebb transcribe runs/speech-digits -

      WAV files of 8 to 32 bits, at any rate, one channel or several, are brought to the network's rate. A confidence is the \
      probability at the moment where the network was surest of a word.
      """)

  @Argument(help: ArgumentHelp("A run's folder or a model file.", valueName: "model"))
  var model: String

  @Argument(help: ArgumentHelp("WAV files, or - for standard input.", valueName: "sound"), completion: .file())
  var sounds: [String] = ["-"]

  @Option(
    help: ArgumentHelp("Draw the sound, and where words were read, as PNG or SVG; of one file.", valueName: "file"))
  var picture: String?

  @OptionGroup var work: ThreadOptions

  @Flag(help: "Print one line of JSON for each file.")
  var json = false

  func validate() throws {
    if picture != nil, sounds.count > 1 { throw ValidationError("--picture draws one file: give one") }
  }

  func run() throws {
    work.apply()
    let model = try SpeechModel(reading: Names.modelFile(self.model))
    for path in sounds {
      let name = path == "-" ? "standard input" : path
      let sound = path == "-" ? try WAV.decode(StandardInput.bytes(), name: name) : try WAV.read(path)
      let transcription = Transcription(sound, by: model)
      if let picture {
        guard transcription.duration <= 600 else {
          throw DataError(name, "it is too long to be drawn, more than 600 s", advice: "leave --picture out")
        }
        try FigureFile.write(transcription.figure(name), as: picture)
      }
      answer(transcription, name)
    }
  }

  private func answer(_ transcription: Transcription, _ name: String) {
    if json { return Console.line(transcription.json(name).description) }
    for note in transcription.notes { Console.error("note: \(name): \(note)") }
    Console.line(sounds.count > 1 ? "\(name)  \(transcription.text)" : transcription.text)
  }
}
