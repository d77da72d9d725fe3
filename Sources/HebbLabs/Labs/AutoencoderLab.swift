import Hebb
import HebbPlots

/// Trains nets to give back the digit that they read, through codes of few numbers.
struct AutoencoderLab: Lab {
  let name = "autoencoder"
  let title = "output equal to input: digits through a few numbers, and what the code is good for"
  let question = "How few numbers hold a digit of 64 pixels, and are these numbers useful features?"

  private static let codes = [1, 2, 4, 8, 16, 32]
  private static let shown = 12

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    let sets = DigitSets(options)
    let pictures = DigitSets(train: asTarget(sets.train), test: asTarget(sets.test))
    let mean = pictures.train.targets.mean(axes: [0])
    let blank = (pictures.test.targets - mean).squared().mean().scalar
    let raw = try readable(sets, { $0 }, options)
    var rows = [["the mean picture", "0", Wording.short(blank), "0.0 %", "–", "–"]]
    var results: [(code: Int, error: Double, learned: Double, random: Double)] = []
    var restored: [NDArray] = [sets.test.all.inputs[0..<Self.shown]]
    for code in Self.codes {
      var random = options.random(UInt64(code))
      let encoder = Sequential {
        Flatten()
        Linear(64, 48, using: &random)
        ReLU()
        Linear(48, code, using: &random)
      }
      let untrained = encoder.snapshot()
      let decoder = Sequential {
        Linear(code, 48, using: &random)
        ReLU()
        Linear(48, 64, using: &random)
      }
      let atRandom = try readable(sets, { untrained($0) }, options)
      let run = try DigitRun(
        "\(code)", Sequential([encoder, decoder]), on: pictures, Adam(learningRate: 3e-3), epochs: options.scaled(25),
        loss: .meanSquaredError, seed: options.seed)
      let learned = try readable(sets, { encoder($0) }, options)
      results.append((code, run.testLoss, learned, atRandom))
      rows.append([
        "a code of \(code)", "\(code)", Wording.short(run.testLoss), Wording.percent(1 - run.testLoss / blank),
        Wording.percent(learned), Wording.percent(atRandom),
      ])
      if [2, 8, 32].contains(code) {
        let given = decoder(encoder(sets.test.all.inputs[0..<Self.shown]))
        restored.append(NDArray.minimum(NDArray.maximum(given, 0), 1).reshaped([Self.shown, 8, 8, 1]))
      }
    }
    rows.append(["the 64 pixels", "64", "0", "100.0 %", Wording.percent(raw), "–"])

    var report = LabReport()
    report.show(
      "Test pictures, given back; and a linear classifier that reads the code",
      TextTable(
        ["what is kept", "numbers", "squared error", "variance kept", "accuracy", "untrained code"], rows: rows))
    report.draw(
      "autoencoder",
      .contactSheet(
        "Test digits, and given back from codes of 2, 8 and 32 numbers", images: .concatenated(restored, axis: 0),
        columns: Self.shown))
    conclude(&report, results, raw: raw, blank: blank)
    return report
  }

  private func asTarget(_ set: any Dataset) -> ArrayDataset {
    let batch = set.all
    return ArrayDataset(
      name: set.name, inputs: batch.inputs, targets: batch.inputs.reshaped([batch.count, 64]))
  }

  /// The test accuracy of a linear classifier on features of the pictures.
  private func readable(
    _ sets: DigitSets, _ features: (NDArray) -> NDArray, _ options: LabOptions
  ) throws(TrainingError) -> Double {
    func described(_ set: any Dataset) -> ArrayDataset {
      let (batch, values) = (set.all, features(set.all.inputs))
      return ArrayDataset(
        name: set.name, inputs: values.reshaped([batch.count, values.count / batch.count]), targets: batch.targets)
    }
    let train = described(sets.train)
    let scale = Normalization(fitting: train.inputs)
    let scaled = DigitSets(train: train.normalized(by: scale), test: described(sets.test).normalized(by: scale))
    var random = options.random(99)
    let classifier = Linear(train.inputs.shape[1], 10, using: &random)
    return try DigitRun(
      "reader", classifier, on: scaled, Adam(learningRate: 1e-2), epochs: options.scaled(12), seed: options.seed
    ).testAccuracy
  }

  private func conclude(
    _ report: inout LabReport, _ results: [(code: Int, error: Double, learned: Double, random: Double)], raw: Double,
    blank: Double
  ) {
    if let enough = results.first(where: { $0.error < 0.1 * blank }) {
      report.say("A code of \(enough.code) numbers is the first to keep 90 % of the variance of the 64 pixels.")
    } else {
      report.say("No code keeps 90 % of the variance of the 64 pixels.")
    }
    let better = results.filter { $0.learned > $0.random }
    report.say(
      "The learned code is easier to classify than the code of the same net before training in \(better.count) of "
        + "\(results.count) cases, though no label was used to learn it.")
    let above = results.filter { $0.learned >= raw }.map { "\($0.code)" }
    report.say(
      "The pixels themselves give \(Wording.percent(raw)); "
        + (above.isEmpty
          ? "no code gives more: it is shorter, not better."
          : "codes of \(Wording.list(above)) numbers do as well or better."))
  }
}
