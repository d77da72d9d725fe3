import Hebb
import HebbFiles

/// A network that reads spoken words, with what it takes to use it.
package struct SpeechModel: TaskModel {
  package static let task = "transcribe"
  /// What sounds become before the network sees them.
  static let frontEnd = LogMel.speech

  let reader: SpeechCRNN
  /// What is said: class c + 1 of the network is name c.
  package let classNames: [String]
  let scale: FeatureScale

  package var network: any Module { reader }

  package var settings: [JSON.Member] {
    [.init("mean", .number(scale.mean)), .init("deviation", .number(scale.deviation))]
  }
  package var notes: [String: String] { [:] }

  init(_ reader: SpeechCRNN, classNames: [String], scale: FeatureScale) {
    (self.reader, self.classNames, self.scale) = (reader, classNames, scale)
  }

  package init(_ file: TaskFile) throws(DataError) {
    let scale = FeatureScale(mean: try file.number("mean"), deviation: try file.number("deviation"))
    guard abs(scale.mean) <= 1000, (1e-3...1000).contains(scale.deviation) else {
      throw file.damaged("the mean \(scale.mean) or the deviation \(scale.deviation) is out of reach")
    }
    var channels: [Int] = []
    var (inputs, width) = (1, SpeechModel.frontEnd.bands)
    for block in 0..<file.count(of: "blocks") {
      let shape = try file.shape("blocks.\(block).0.weight", rank: 4)
      guard [shape[0], shape[1], shape[2]] == [3, 3, inputs] else {
        throw file.damaged("the kernels of block \(block) are \(shape)")
      }
      (inputs, width) = (shape[3], (width + 1) / 2)
      channels.append(inputs)
    }
    let weight = try file.shape("reader.forward.inputWeight", rank: 2)
    let units = weight[1] / 3
    let output = try file.shape("output.weight", rank: 2)
    guard !channels.isEmpty, channels.count <= 8, weight == [inputs * width, 3 * units], units > 0,
      output[0] == 2 * units, output[1] > 1
    else { throw file.damaged("the weights of its parts do not fit each other") }
    classNames = try file.classNames(count: output[1] - 1)
    self.scale = scale
    var random = Philox(seed: 0)
    reader = SpeechCRNN(
      features: SpeechModel.frontEnd.bands, labels: classNames.count, channels: channels, units: units, using: &random)
  }

  /// The logits of each step, `[steps, labels + 1]`.
  ///
  /// Long sounds are read piece by piece, each with a second of what is around it.
  ///
  /// - Parameter features: scaled, `[frames, bands]`, one frame or more.
  func logits(_ features: NDArray) -> NDArray {
    // Even, so that steps of two frames fall together.
    let (piece, margin) = (3000, 100)
    let frames = features.shape[0]
    var parts: [NDArray] = []
    for start in stride(from: 0, to: frames, by: piece) {
      let end = min(frames, start + piece)
      let (first, last) = (max(0, start - margin), min(frames, end + margin))
      let logits = Pass.inference { reader(Tensor(features[first..<last].expanded(at: 0))).value }
      let before = (start - first) / 2
      parts.append(logits.row(0)[before..<before + SpeechCRNN.steps(end - start)])
    }
    return .concatenated(parts, axis: 0)
  }

  /// Whether words are written side by side: single letters or digits.
  package var joinsWords: Bool { classNames.allSatisfy { $0.count == 1 } }
}
