import Foundation
import Hebb
import HebbFiles
import HebbRuns
import HebbTasks
import HebbTesting
import Testing

@Suite struct SpeechTests {
  /// A tone that stands for a word.
  private func word(_ pitch: Double, _ index: Int, rate: Int = 8000) -> Sound {
    let samples = (0..<rate / 5).map { n in
      Float(0.3 * sin(2 * Double.pi * (pitch + Double(index)) * Double(n) / Double(rate)))
    }
    return Sound(samples, rate: rate)
  }

  /// Words of two speakers: LABEL_SPEAKER_NUMBER.wav.
  private func writeWords(_ labels: [String], to folder: String, count: Int = 8, rate: Int = 8000) throws {
    for (place, label) in labels.enumerated() {
      for index in 0..<count {
        let path = "\(folder)/\(label)_\(index % 2 == 0 ? "ann" : "ben")_\(index).wav"
        try WAV.write(word(400 + 900 * Double(place), index, rate: rate), to: path)
      }
    }
  }

  private func plan(_ folder: String, kind: String? = nil, epochs: Int = 2, speaker: String? = nil) throws -> TaskPlan {
    let recipe = try #require(TaskRecipe.named("speech-digits"))
    return try TaskPlan(
      recipe, kind: kind, source: folder, epochs: epochs, seed: nil,
      options: speaker.map { ["speaker": $0] } ?? [:])
  }

  private func problem(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return "nothing"
  }

  private final class Quiet: Callback {}

  /// The same plan gives the same bits, and what is trained can be used.
  @Test func wordsAreLearned() throws {
    try withTemporaryFolder { parent in
      // Beside the runs, which hold a recording of their own.
      let folder = "\(parent)/words"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try writeWords(["no", "yes"], to: folder, count: 16)
      let whole = RunFolder("\(parent)/whole"), again = RunFolder("\(parent)/again")
      let outcome = try TaskRun(plan(folder, epochs: 2)).run(in: whole, resumes: false, bar: Quiet())
      #expect(
        outcome.numbers.map(\.name) == [
          "single_accuracy", "string_label_errors", "string_accuracy", "words_in_time", "wordless_accuracy",
        ])
      #expect(outcome.sentences.contains { $0.contains("ann") && $0.contains("ben") })
      _ = try TaskRun(plan(folder, epochs: 2)).run(in: again, resumes: false, bar: Quiet())
      let isSame =
        try Data(contentsOf: URL(fileURLWithPath: whole.model))
        == Data(contentsOf: URL(fileURLWithPath: again.model))
      #expect(isSame)

      let model = try SpeechModel(reading: whole.model)
      #expect(model.classNames == ["no", "yes"] && !model.joinsWords)
      let transcription = Transcription(word(400, 0, rate: 44_100), by: model)
      #expect(abs(transcription.duration - 0.2) < 1e-3 && abs(transcription.peak - 0.3) < 1e-3)
      #expect(transcription.notes.first == "44100 samples a second were brought to 8000")
      for word in transcription.words {
        #expect((0...0.3).contains(word.time) && (0.3...1).contains(word.confidence))
      }
      let figure = transcription.figure("a tone").raster(scale: 1)
      #expect(figure.shape[2] == 3)
    }
  }

  @Test func digitsAreLearnedOfStrings() throws {
    try withTemporaryFolder { folder in
      try writeWords(["1", "2", "12"], to: folder, rate: 11_025)
      let run = try TaskRun(plan(folder))
      #expect(run.training.introduction.contains("21 recordings to learn from by 2 speakers, 3 to test"))
      #expect(run.training.introduction.contains("24 brought to 8000"), "\(run.training.introduction)")
      #expect(run.training.model.classNames == ["1", "2"])
    }
  }

  @Test func aSpeakerIsHeldOut() throws {
    try withTemporaryFolder { folder in
      try writeWords(["0", "1"], to: folder)
      let last = try TaskRun(plan(folder, kind: "held-out"))
      #expect(last.training.introduction.contains("8 to test by ben, who is not among them"))
      let first = try TaskRun(plan(folder, kind: "held-out", speaker: "ann"))
      #expect(first.training.introduction.contains("by ann"))
      #expect(
        problem { _ = try TaskRun(plan(folder, kind: "held-out", speaker: "eve")) }.contains("give one of ann, ben"))
      #expect(problem { _ = try TaskRun(plan(folder, speaker: "ann")) }.contains("add --kind held-out"))
    }
  }

  @Test func foldersOfLabelsAreTaken() throws {
    try withTemporaryFolder { folder in
      for label in ["left", "right"] {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(label)", withIntermediateDirectories: true)
        for index in 0..<6 { try WAV.write(word(500, index), to: "\(folder)/\(label)/take\(index).wav") }
      }
      let run = try TaskRun(plan(folder))
      #expect(run.training.introduction.contains("10 recordings to learn from, 2 to test; 2 words"))
    }
  }

  @Test func unfitRecordingsAreToldInOneLine() throws {
    try withTemporaryFolder { folder in
      func expect(_ words: String, _ write: () throws -> Void) throws {
        try write()
        let found = problem { _ = try TaskRun(plan(folder)) }
        #expect(found.contains(words) && !found.contains("\n"), "\(found)")
      }
      try expect("no WAV files") {}
      try expect("plain.wav: its name has no label") { try WAV.write(word(500, 0), to: "\(folder)/plain.wav") }
      try FileManager.default.removeItem(atPath: "\(folder)/plain.wav")
      try expect("no recording to test") { try WAV.write(word(500, 0), to: "\(folder)/1_a_x.wav") }
      try expect("1_a_y.wav, byte 0: it does not begin") {
        try Data("no sound".utf8).write(to: URL(fileURLWithPath: "\(folder)/1_a_y.wav"))
      }
      try expect("too short for “123456”") {
        try FileManager.default.removeItem(atPath: "\(folder)/1_a_y.wav")
        try WAV.write(Sound([Float](repeating: 0.1, count: 900), rate: 8000), to: "\(folder)/123456_a.wav")
      }
      try expect("31 s long, more than 30 s") {
        try WAV.write(Sound([Float](repeating: 0.1, count: 31 * 8000), rate: 8000), to: "\(folder)/0_a.wav")
      }
    }
    let recipe = try #require(TaskRecipe.named("speech-digits"))
    let iris = try TaskPlan(recipe, kind: nil, source: "iris", epochs: 1, seed: nil)
    #expect(problem { _ = try TaskRun(iris) }.contains("it holds no speech"))
  }

  /// A file that was changed anywhere is read as another one, or refused in one line.
  @Test func hostileModelsAreRefused() throws {
    try withTemporaryFolder { folder in
      try writeWords(["0", "1"], to: folder)
      let training = try TaskRun(plan(folder)).training
      let path = "\(folder)/model.safetensors"
      try TaskFile.write(training.model, history: History(), to: path)
      _ = try SpeechModel(reading: path)
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      let header = whole[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
      func expect(_ words: String, _ bytes: Data) throws {
        try bytes.write(to: URL(fileURLWithPath: path))
        let found = problem { _ = try SpeechModel(reading: path) }
        #expect(found.contains(words) && !found.contains("\n"), "\(found)")
      }
      func changed(_ old: String, _ new: String) throws -> Data {
        var bytes = whole
        let range = try #require(bytes.range(of: Data(old.utf8), in: 8..<8 + header))
        #expect(old.utf8.count == new.utf8.count)
        bytes.replaceSubrange(range, with: Data(new.utf8))
        return bytes
      }
      for share in [0, 5, 8, 40, header / 2, header, whole.count - 4] { try expect("model", whole.prefix(share)) }
      try expect("blocks.0.0.weight", try changed("blocks.0.0.weight", "blocks.0.0.weighs"))
      try expect("the kernels of block 0", try changed("[3,3,1,32]", "[3,1,3,32]"))
      try expect(
        "do not fit each other",
        try changed(
          "reader.forward.inputWeight\":{\"dtype\":\"F32\",\"shape\":[320,288]",
          "reader.forward.inputWeight\":{\"dtype\":\"F32\",\"shape\":[288,320]"))
      try expect("there is no tensor “output.weight”", try changed("output.weight", "output.weighs"))
      try expect("“mean” is no number", try changed("mean", "main"))
    }
  }
}
