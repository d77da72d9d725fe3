import Hebb
import HebbFiles
import HebbPlots

/// Recordings of spoken words to learn from, and the names of what is said in them.
///
/// A file is named `LABEL_SPEAKER_NUMBER.wav` or `LABEL_anything.wav`; or it lies in a folder that is named as its label, and
/// may be named `SPEAKER_anything.wav` there. Where all labels are strings of digits, each digit is a class, and a recording
/// may hold several; else each label is one.
struct SpeechRecordings {
  struct Recording {
    /// At the front end's rate.
    let samples: [Float]
    let labels: [Int]
    /// Empty where the name does not tell.
    let speaker: String
    /// The number at the end of a name LABEL_SPEAKER_NUMBER.
    let number: Int?
  }

  private(set) var all: [Recording] = []
  let classNames: [String]
  /// How many came at another rate.
  private(set) var resampled = 0

  /// A recording is cut into frames as a whole: longer ones belong into several files.
  private static let longest = 30.0

  init(reading source: String) throws(DataError) {
    var named: [(name: RecordingName, sound: Sound, file: String)] = []
    var resampled = 0
    try RecordingFiles.forEach(in: source) { (path, bytes, file) throws(DataError) in
      guard let name = RecordingName(path) else {
        throw DataError(file, "its name has no label", advice: "name it LABEL_SPEAKER_NUMBER.wav, or LABEL/name.wav")
      }
      let sound = try WAV.decode(bytes, name: file)
      guard sound.duration <= SpeechRecordings.longest else {
        throw DataError(
          file, "it is \(NumberText.short(sound.duration)) s long, more than \(Int(SpeechRecordings.longest)) s",
          advice: "cut it into shorter recordings")
      }
      resampled += sound.rate == SpeechModel.frontEnd.rate ? 0 : 1
      named.append((name, sound.resampled(to: SpeechModel.frontEnd.rate), file))
    }
    let areDigits = named.allSatisfy { $0.name.label.utf8.allSatisfy { (48...57).contains($0) } }
    let words = Set(named.flatMap { areDigits ? $0.name.label.map(String.init) : [$0.name.label] })
    classNames = words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard classNames.count <= 1000 else {
      throw DataError(source, "it has \(classNames.count) labels, more than 1000", advice: "take fewer")
    }
    // Class 0 is the blank.
    let numbers = Dictionary(uniqueKeysWithValues: classNames.enumerated().map { ($1, $0 + 1) })
    for (name, sound, file) in named {
      let labels = (areDigits ? name.label.map(String.init) : [name.label]).compactMap { numbers[$0] }
      let steps = SpeechCRNN.steps(SpeechModel.frontEnd.frames(sound.samples.count))
      guard steps > 2 * labels.count else {
        throw DataError(
          file, "\(NumberText.short(sound.duration)) s are too short for “\(name.label)”", advice: "record it again")
      }
      all.append(Recording(samples: sound.samples, labels: labels, speaker: name.speaker, number: name.number))
    }
    self.resampled = resampled
  }

  /// The recordings to learn from and those to test. Where all names end in a number and some of them are below 5, these are
  /// for testing, as the Free Spoken Digit Dataset has it; else every fifth recording of a label is.
  func split(_ source: String) throws(DataError) -> (train: [Recording], test: [Recording]) {
    var parts: (train: [Recording], test: [Recording]) = ([], [])
    let early = all.filter { $0.number.map { $0 < 5 } ?? false }
    if all.allSatisfy({ $0.number != nil }), !early.isEmpty, early.count * 2 < all.count {
      parts = (all.filter { $0.number.map { $0 >= 5 } ?? true }, early)
    } else {
      var seen: [[Int]: Int] = [:]
      for recording in all {
        seen[recording.labels, default: 0] += 1
        if seen[recording.labels, default: 0] % 5 == 0 {
          parts.test.append(recording)
        } else {
          parts.train.append(recording)
        }
      }
    }
    let missing = Set(1...classNames.count).subtracting(parts.train.flatMap(\.labels)).min()
    guard !parts.test.isEmpty, missing == nil else {
      throw DataError(
        source,
        missing.map { "there is no recording of “\(classNames[$0 - 1])” to learn from" }
          ?? "there is no recording to test",
        advice: "give five or more recordings of each label")
    }
    return parts
  }

  /// All recordings but those of one speaker, and those: the last by name where none is given.
  func split(without speaker: String?, _ source: String) throws(DataError)
    -> (train: [Recording], test: [Recording], speaker: String)
  {
    let speakers = Set(all.map(\.speaker)).subtracting([""]).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard speakers.count > 1, let held = speaker ?? speakers.last else {
      throw DataError(
        source, "there are no two speakers in its names", advice: "name files LABEL_SPEAKER_NUMBER.wav")
    }
    guard speakers.contains(held) else {
      throw DataError(
        source, "there is no speaker “\(held)”", advice: "give one of \(speakers.prefix(20).joined(separator: ", "))")
    }
    let (train, test) = (all.filter { $0.speaker != held }, all.filter { $0.speaker == held })
    guard Set(train.flatMap(\.labels)).count == classNames.count else {
      throw DataError(source, "only “\(held)” says some of the labels", advice: "hold out another speaker")
    }
    return (train, test, held)
  }
}

/// What a recording's path says of it.
private struct RecordingName {
  let label: String
  var speaker = ""
  var number: Int?

  init?(_ path: String) {
    let parts = path.split(separator: "/").map(String.init)
    guard let file = parts.last else { return nil }
    let words = file.dropLast(4).split(separator: "_").map(String.init)
    let folder = parts.count > 1 ? parts[parts.count - 2] : ""
    if words.count > 1, folder.isEmpty || folder == "recordings" {
      label = words[0]
      guard words.count > 2 else { return }
      (speaker, number) = (words[1], words.count == 3 ? Int(words[2]) : nil)
    } else {
      guard !folder.isEmpty else { return nil }
      label = folder
      if words.count > 1 { speaker = words[0] }
    }
  }
}
