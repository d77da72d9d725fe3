import HebbArrays

/// Where the labels of a text stand in what a network that was trained with CTC gives: the likeliest path that reads as them.
///
/// - Source: Viterbi's algorithm on the lattice of Graves et al. 2006, doi:10.1145/1143844.1143891.
public struct CTCAlignment: Sendable {
  /// The place of a label.
  public struct Place: Sendable, Hashable {
    /// The steps of the path that give the label.
    public let steps: Range<Int>
    /// Its largest probability there.
    public let confidence: Double

    package init(steps: Range<Int>, confidence: Double) { (self.steps, self.confidence) = (steps, confidence) }
  }

  /// One for each label, in order.
  public let places: [Place]

  /// - Parameters:
  ///   - labels: the text, without blanks.
  ///   - scores: logits or logarithms of probabilities, `[time, classes]`.
  /// - Returns: nil where the text needs more steps than there are.
  public init?(of labels: [Int], in scores: NDArray, blank: Int = 0) {
    require(scores.rank == 2, "CTCAlignment: scores \(scores.shape), not [time, classes]")
    let (time, classes) = (scores.shape[0], scores.shape[1])
    require(
      labels.allSatisfy { (0..<classes).contains($0) && $0 != blank },
      "CTCAlignment: a label is the blank or outside of \(classes) classes")
    let repeats = zip(labels, labels.dropFirst()).count { $0 == $1 }
    guard labels.count + repeats <= time else { return nil }
    guard !labels.isEmpty else {
      places = []
      return
    }
    let chances = scores.cast(to: .float64).logSoftmax().elements(as: Double.self)
    // Blank, label, blank, label, … blank.
    let states = 2 * labels.count + 1
    let classOf = (0..<states).map { $0 % 2 == 0 ? blank : labels[$0 / 2] }
    var best = [Double](repeating: -.infinity, count: states)
    (best[0], best[1]) = (chances[blank], chances[labels[0]])
    // How far back the state before each one lies: 0, 1 or 2.
    var back = [UInt8](repeating: 0, count: time * states)
    for t in 1..<max(1, time) {
      var next = best
      for state in 0..<states {
        for jump in 1...2 where state >= jump && best[state - jump] > next[state] {
          if jump == 2, state % 2 == 0 || classOf[state] == classOf[state - 2] { continue }
          (next[state], back[t * states + state]) = (best[state - jump], UInt8(jump))
        }
        next[state] += chances[t * classes + classOf[state]]
      }
      best = next
    }
    var state = best[states - 1] > best[states - 2] ? states - 1 : states - 2
    var found = [Range<Int>?](repeating: nil, count: labels.count)
    for t in stride(from: time - 1, through: 0, by: -1) {
      if state % 2 == 1 { found[state / 2] = t..<(found[state / 2]?.upperBound ?? t + 1) }
      state -= Int(back[t * states + state])
    }
    places = zip(labels, found).map { label, steps in
      let steps = steps ?? 0..<1
      let confidence = steps.map { Mathematics.exp(chances[$0 * classes + label]) }.max() ?? 0
      return Place(steps: steps, confidence: confidence)
    }
  }
}
