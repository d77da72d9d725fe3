import Hebb
import HebbPlots

/// Connectionist temporal classification of a short word: its lattice, and the sum over all paths by counting them.
struct CTCLab: Lab {
  let name = "ctc"
  let title = "CTC: all ways in which a few steps can spell a word"
  let question = "How can a network learn to spell without being told at which step each letter is said?"

  private static let alphabet = ["–", "a", "l"]
  private static let word = [1, 2, 2]
  /// Between the letters and at both ends a blank may be said.
  private static let states = [0, 1, 0, 2, 0, 2, 0]
  private static let lengths = [3, 4, 5, 6, 7, 8]

  func run(_ options: LabOptions) -> LabReport {
    var random = options.random()
    let logits = NDArray.normal([1, Self.lengths.max() ?? 1, 3], using: &random)
    let rows = Self.lengths.map { steps -> (steps: Int, paths: Int, spelling: Int, sum: Double, ctc: Double) in
      let x = logits.sliced(axis: 1, from: 0, to: steps)
      let counted = spellings(x.softmax(), steps)
      let isPossible = steps >= 4
      let loss = isPossible ? Tensor(x).ctcLosses(labels: [Self.word]).value.scalar : .infinity
      return (steps, power(3, steps), counted.count, counted.sum, Mathematics.exp(-loss))
    }
    let drawn = 7
    let lattice = Lattice(Self.states, logits.sliced(axis: 1, from: 0, to: drawn).softmax(), drawn)

    var report = LabReport()
    report.show(
      "The word “all” from so many steps of a random network: every path listed, and the loss",
      TextTable(
        ["steps", "paths", "that read “all”", "their probabilities' sum", "exp(−CTC loss)"],
        rows: rows.map {
          [
            "\($0.steps)", Wording.count($0.paths), Wording.count($0.spelling), Wording.short($0.sum, digits: 5),
            Wording.short($0.ctc, digits: 5),
          ]
        }))
    report.show(
      "How paths are read: repeats become one letter, then blanks (–) are left out",
      TextTable(
        ["path", "reads as"],
        rows: [[1, 2, 0, 2], [1, 2, 2, 2], [0, 1, 1, 2, 0, 2], [1, 0, 1, 2, 0, 2]].map {
          [Self.spelled($0), Self.spelled(Self.read($0))]
        }))
    report.draw(
      "ctc",
      Figure(
        "The word all in \(drawn) steps: paths through each place of the lattice", width: 760, height: 460,
        panels: [
          HeatMap(
            values: lattice.shares, texts: lattice.counts.map { $0.map { $0 == 0 ? "" : "\($0)" } },
            rowNames: Self.states.map { Self.alphabet[$0] }, columnNames: (1...drawn).map(String.init),
            rowLabel: "state", columnLabel: "step (darker: likelier, given that the word is right)", colors: .blues,
            range: 0...1)
        ]))
    conclude(&report, rows.map { ($0.steps, $0.spelling, $0.sum, $0.ctc) })
    return report
  }

  private func conclude(_ report: inout LabReport, _ rows: [(steps: Int, count: Int, sum: Double, ctc: Double)]) {
    let gap = rows.map { abs($0.sum - $0.ctc) / max($0.sum, 1e-30) }.max() ?? 0
    report.say(
      gap < 1e-4
        ? "The CTC loss is −log of the sum over all paths that read as the word; listing them all gives the same."
        : "The CTC loss differs from the sum over the paths by \(Wording.short(gap)).")
    if let first = rows.first(where: { $0.count > 0 }) {
      report.say(
        "“all” has \(Self.word.count) letters and needs \(first.steps) steps: between the two l a blank must be said, or they "
          + "become one.")
    }
    if let last = rows.last {
      report.say(
        "At \(last.steps) steps \(Wording.count(last.count)) paths spell it, of any alignment: input and output may differ in "
          + "length, and nobody has to say where a letter is.")
    }
  }

  /// Every path, one by one: how many read as the word, and the sum of their probabilities.
  private func spellings(_ probabilities: NDArray, _ steps: Int) -> (count: Int, sum: Double) {
    let p = probabilities.elements(as: Float.self).map(Double.init)
    var (count, sum) = (0, 0.0)
    for number in 0..<power(3, steps) {
      var rest = number
      let path = (0..<steps).map { _ -> Int in
        defer { rest /= 3 }
        return rest % 3
      }
      guard Self.read(path) == Self.word else { continue }
      count += 1
      sum += path.enumerated().reduce(1) { $0 * p[$1.offset * 3 + $1.element] }
    }
    return (count, sum)
  }

  private func power(_ base: Int, _ exponent: Int) -> Int { (0..<exponent).reduce(1) { product, _ in product * base } }

  private static func read(_ path: [Int]) -> [Int] {
    zip(path, [0] + path.dropLast()).filter { $0 != 0 && $0 != $1 }.map(\.0)
  }

  private static func spelled(_ path: [Int]) -> String { path.map { alphabet[$0] }.joined() }
}

/// The paths through the states of a word: from the first blank or letter to the last, one state on at most at each step, or
/// two over a blank between different letters.
private struct Lattice {
  /// For each state and step, how likely a path that spells the word is there.
  private(set) var shares: [[Double]]
  /// How many paths go through each state at each step.
  private(set) var counts: [[Int]]

  init(_ states: [Int], _ probabilities: NDArray, _ steps: Int) {
    let p = probabilities.elements(as: Float.self).map(Double.init)
    var (shares, total) = (states.map { _ in [Double](repeating: 0, count: steps) }, 0.0)
    var counts = states.map { _ in [Int](repeating: 0, count: steps) }
    func walk(_ path: [Int], _ probability: Double) {
      guard path.count < steps else {
        guard path[steps - 1] >= states.count - 2 else { return }
        total += probability
        for (step, state) in path.enumerated() {
          shares[state][step] += probability
          counts[state][step] += 1
        }
        return
      }
      let last = path.last
      let next =
        last.map { last in
          [last, last + 1]
            + (last + 2 < states.count && states[last + 2] != states[last] && states[last + 2] != 0
              ? [last + 2] : [])
        } ?? [0, 1]
      for state in next where state < states.count {
        walk(path + [state], probability * p[path.count * 3 + states[state]])
      }
    }
    walk([], 1)
    self.shares = shares.map { $0.map { $0 / total } }
    self.counts = counts
  }
}
