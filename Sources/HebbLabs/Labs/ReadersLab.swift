import Hebb
import HebbPlots

/// Reads strips of digits with a recurrent net and CTC alone, and with convolutions before them.
struct ReadersLab: Lab {
  let name = "readers"
  let title = "LSTM with CTC, and convolutions before it: reading print and handwriting"
  let question = "What do convolutions add to a recurrent net that reads with CTC?"

  private static let height = 12, digits = 4, pitch = 9
  private static var width: Int { digits * pitch + 4 }

  /// What is written on the strips.
  private enum Hand: String, CaseIterable {
    case print = "print"
    case shifted = "print, up and down"
    case handwriting = "handwriting, up and down"
  }

  func run(_ options: LabOptions) throws(TrainingError) -> LabReport {
    var report = LabReport()
    var rates: [[Double]] = []
    for (index, hand) in Hand.allCases.enumerated() {
      let sets = strips(hand, options, UInt64(index))
      if hand == .handwriting {
        report.draw("strips", .contactSheet("strips to read", images: sets.test.inputs(at: Array(0..<12)), columns: 3))
      }
      var row: [Double] = []
      for isConvolutional in [false, true] {
        var random = options.random(10)
        let model = reader(isConvolutional, &random)
        _ = try DigitRun(
          "", model, on: sets, Adam(learningRate: 0.01), epochs: options.scaled(40), batchSize: 16, clipping: .norm(5),
          schedule: .oneCycle(), loss: .ctc, seed: options.seed)
        row.append(errors(model, sets.test))
      }
      rates.append(row)
    }
    let names = ["LSTM and CTC", "convolutions, LSTM and CTC"]
    var random = options.random(10)
    let counts = [false, true].map { reader($0, &random).parameterCount }
    report.show(
      "Wrong, missing or surplus digits for each digit of new strips",
      TextTable(
        ["network", "parameters"] + Hand.allCases.map(\.rawValue),
        rows: names.indices.map { i in [names[i], Wording.count(counts[i])] + rates.map { Wording.percent($0[i]) } }))
    report.draw(
      "readers",
      .bars(
        "Digits read wrongly", names: Hand.allCases.map(\.rawValue),
        series: names.enumerated().map { i, name in (name, rates.map { $0[i] }) }, label: "errors for each digit"))
    conclude(&report, rates)
    return report
  }

  private func conclude(_ report: inout LabReport, _ rates: [[Double]]) {
    report.say(
      "The strips say which digits they hold and not where: CTC finds the places by itself, for both networks.")
    let alone = zip(Hand.allCases, rates).filter { $1[0] < 0.05 }.map(\.0.rawValue)
    report.say(
      "After the same training the LSTM alone reads with fewer than 5 errors in 100 digits: \(Wording.list(alone)).")
    let gains = zip(Hand.allCases, rates).filter { $1[0] > 1.5 * $1[1] && $1[0] - $1[1] > 0.005 }
    report.say(
      gains.isEmpty
        ? "Convolutions before it lower the errors nowhere by a third or more."
        : "Convolutions before it lower the errors by a third or more on: \(Wording.list(gains.map(\.0.rawValue))).")
  }

  /// - Input: `[batch, height, width, 1]`
  /// - Output: `[batch, time, 11]`, class 0 the blank
  private func reader(_ isConvolutional: Bool, _ random: inout Philox) -> Sequential {
    var layers: [any Layer] = []
    var features = Self.height
    if isConvolutional {
      layers = [
        Conv2D(1, 16, kernel: 3, padding: .same, using: &random), ReLU(), MaxPool2D(Pair(2, 1)),
        Conv2D(16, 16, kernel: 3, padding: .same, using: &random), ReLU(), MaxPool2D(Pair(2, 1)),
      ]
      features = Self.height / 4 * 16
    }
    let layer = Bidirectional(LSTM(features, 24, using: &random), LSTM(features, 24, using: &random))
    return Sequential(layers + [Columns(), layer, Linear(layer.outputs, 11, using: &random)])
  }

  /// Errors of the best path for each digit that was written.
  private func errors(_ model: Sequential, _ strips: any Dataset) -> Double {
    let read = GreedyDecoder()(model(strips.all.inputs))
    let truth = strips.targets.elements(as: Int32.self).map(Int.init)
    let wrong = read.enumerated().reduce(0) { sum, next in
      sum + Self.distance(next.element, Array(truth[next.offset * Self.digits..<(next.offset + 1) * Self.digits]))
    }
    return Double(wrong) / Double(truth.count)
  }

  /// The fewest changes, insertions and deletions from one to the other.
  private static func distance(_ a: [Int], _ b: [Int]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var next = [i + 1]
      for (j, y) in b.enumerated() { next.append(min(row[j] + (x == y ? 0 : 1), row[j + 1] + 1, next[j] + 1)) }
      row = next
    }
    return row[b.count]
  }

  /// Strips of digits in a row, with labels from 1 to 10.
  private func strips(_ hand: Hand, _ options: LabOptions, _ purpose: UInt64) -> DigitSets {
    let (train, test) = Digits.load().stratifiedSplit(testFraction: 0.3, seed: options.seed)
    var random = options.random(20 + purpose)
    let sets = [(train, 1200), (test, 300)].map { source, count in
      let pixels = source.all.inputs.elements(as: Float.self)
      let labels = source.labels
      // Print is one sample of each digit, the same on every strip.
      let print = (0..<10).map { digit in train.labels.firstIndex(of: digit)! }
      let printed = train.batch(at: print).inputs.elements(as: Float.self)
      var images = [Float](repeating: 0, count: count * Self.height * Self.width)
      var targets: [Int32] = []
      for strip in 0..<count {
        for place in 0..<Self.digits {
          let sample = Int(random.next() % UInt64(labels.count))
          let digit = labels[sample]
          targets.append(Int32(digit + 1))
          let top = hand == .print ? 2 : Int(random.next() % 5)
          let left = place * Self.pitch + Int(random.next() % 5)
          for pixel in 0..<64 {
            let shade = hand == .handwriting ? pixels[sample * 64 + pixel] : printed[digit * 64 + pixel]
            let at = (strip * Self.height + top + pixel / 8) * Self.width + left + pixel % 8
            images[at] = max(images[at], shade)
          }
        }
      }
      return ArrayDataset(
        name: "strips", inputs: NDArray(images, shape: [count, Self.height, Self.width, 1]),
        targets: NDArray(targets, shape: [count, Self.digits]))
    }
    return DigitSets(train: sets[0], test: sets[1])
  }
}

/// The columns of pictures as steps: `[batch, height, width, channels]` → `[batch, width, height · channels]`.
private struct Columns: Layer {
  func callAsFunction(_ x: Tensor) -> Tensor {
    x.transposed([0, 2, 1, 3]).reshaped([x.shape[0], x.shape[2], x.shape[1] * x.shape[3]])
  }

  var window: Window? { nil }
}
