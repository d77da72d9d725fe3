import Hebb
import HebbPlots

/// Feeds a long sound to a convolutional network whole and in pieces, with more and with less overlap.
struct PiecesLab: Lab {
  let name = "pieces"
  let title = "a long sound fed to a convolution net in pieces"
  let question = "Must a net have heard a sound to its end before it answers?"

  private static let bands = 20, classes = 6
  /// Each of three convolutions sees so many frames.
  private static let kernel = 5
  /// Frames that one answer depends on.
  private static let field = 3 * (kernel - 1) + 1
  /// Frames of a piece.
  private static let piece = 64

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    var random = options.random()
    let x = spectrogram(options.scaled(6), using: &random)
    let network = network(using: &random)
    let whole: NDArray = network(x)
    let overlaps = [0, 4, 8, Self.field - 1]
    let answers = overlaps.map { inPieces(x, network, overlap: $0) }
    let gaps = answers.map { answer -> [Double] in
      let gap = answer - whole
      return gap.abs().max(axes: [2]).elements(as: Float.self).map(Double.init)
    }

    var report = LabReport()
    report.show(
      "\(x.shape[1]) frames of sound in pieces of \(Self.piece); an answer depends on \(Self.field) frames",
      TextTable(
        ["overlap of pieces", "pieces", "largest difference", "answers that differ"],
        rows: zip(overlaps, gaps).map { overlap, gaps in
          [
            "\(overlap) frames", "\(starts(x.shape[1], overlap).count)", Wording.short(gaps.max() ?? .nan),
            Wording.percent(Double(gaps.count { $0 > 1e-5 }) / Double(gaps.count)),
          ]
        }))
    report.draw(
      "pieces",
      Figure(
        "Answers in pieces, less those of the whole sound",
        panels: [
          Axes(
            x: Axis("frame"), y: Axis("largest difference"),
            series: [0, 2].map { index in
              Series(
                "\(overlaps[index]) frames of overlap", x: gaps[index].indices.map(Double.init), y: gaps[index])
            })
        ]))
    let (cut, joined) = (gaps[0], gaps[overlaps.count - 1])
    report.say(
      "With an overlap of \(Self.field - 1) frames, one less than an answer depends on, pieces give "
        + ((joined.max() ?? .nan) < 1e-5
          ? "what the whole sound gives: a convolution net can listen as the sound comes in."
          : "something else than the whole sound."))
    report.say(
      "Without overlap \(Wording.percent(Double(cut.count { $0 > 1e-5 }) / Double(cut.count))) of the answers differ, all of "
        + "them near a cut, where zeros stand for what was cut off.")
    report.say(
      "A piece holds \(Wording.percent(Double(Self.piece) / Double(x.shape[1]))) of the frames, and so do its activations; "
        + "the weights are the same \(Wording.count(network.parameterCount)).")
    return report
  }

  /// Tones that rise and fall, one after the other, as a spectrogram `[1, frames, bands]`.
  private func spectrogram(_ seconds: Int, using random: inout Philox) -> NDArray {
    let rate = 8_000
    var (samples, phase) = ([Float](), 0.0)
    for _ in 0..<4 * seconds {
      let frequencies = NDArray.uniform([2], using: &random).elements(as: Float.self).map { 200 + 3_000 * Double($0) }
      for step in 0..<rate / 4 {
        let part = 4 * Double(step) / Double(rate)
        phase += (frequencies[0] + (frequencies[1] - frequencies[0]) * part) / Double(rate)
        samples.append(Float(0.5 * Mathematics.sin(6.283185307179586 * (phase - phase.rounded(.down)))))
      }
    }
    let logMel = LogMel(rate: rate, window: 256, hop: 80, bands: Self.bands, low: 100, high: 4_000)
    let frames = logMel(samples)
    return frames.reshaped(1, frames.shape[0], Self.bands)
  }

  /// Without a frame of zeros: who feeds it says what stands outside.
  private func network(using random: inout Philox) -> Sequential {
    Sequential {
      Conv1D(Self.bands, 32, kernel: Self.kernel, using: &random)
      ReLU()
      Conv1D(32, 32, kernel: Self.kernel, using: &random)
      ReLU()
      Conv1D(32, Self.classes, kernel: Self.kernel, using: &random)
    }
  }

  /// Where pieces begin; the last one takes the rest, half of a piece to one and a half.
  private func starts(_ frames: Int, _ overlap: Int) -> [Int] {
    Array(stride(from: 0, to: frames - overlap - Self.piece / 2, by: Self.piece - overlap))
  }

  /// The answers of the pieces one behind the other. Frames that an overlap does not give are zeros.
  private func inPieces(_ x: NDArray, _ network: Sequential, overlap: Int) -> NDArray {
    let (frames, missing) = (x.shape[1], Self.field - 1 - overlap)
    var answers: [NDArray] = []
    let starts = starts(frames, overlap)
    for start in starts {
      let end = start == starts[starts.count - 1] ? frames : start + Self.piece
      // The sound's own first and last frames are not made up.
      let before = start == 0 ? 0 : missing / 2
      let behind = end == frames ? 0 : missing - missing / 2
      answers.append(network(x.sliced(axis: 1, from: start, to: end).padded([(0, 0), (before, behind), (0, 0)])))
    }
    return .concatenated(answers, axis: 1)
  }
}
