import HebbArrays
import HebbAutograd
import HebbLayers
import HebbModels

/// The likeliest permitted text that a network writes character by character: a search that keeps the best beginnings.
///
/// Beginnings that cannot become a permitted text are never kept, and a text ends only where it is one. A width of 1 takes the
/// likeliest permitted character at every step.
struct WriterSearch {
  /// A text with what the network gave for each of its characters.
  struct Found {
    let labels: [Int]
    let confidences: [Double]
  }

  let permitted: PermittedTexts
  let width: Int

  private struct Beginning {
    var place = 0
    var logProbability = 0.0
    var confidences: [Double] = []
  }

  /// A way on: one more character, or the end of the text.
  private struct Way {
    let row: Int, label: Int, chance: Double, logProbability: Double
    /// The longer beginning; nil where the text ends.
    let place: Int?
  }

  /// - Parameter longest: how many characters a text has at most.
  /// - Returns: nil where no permitted text was found.
  func callAsFunction(_ writer: RecurrentWriter, longest: Int) -> Found? {
    var tree = TextBeginnings(of: permitted)
    var live = [Beginning()]
    var best: Beginning?
    var memory: NDArray?
    var unread: [Int32] = [0]
    for length in 0...longest {
      let logits = Pass.inference { writer.read(NDArray(unread, shape: [unread.count, 1]), &memory) }
      let ways = waysOn(live, logits, &tree, left: longest - length)
      for way in ways where way.place == nil && way.logProbability > best?.logProbability ?? -.infinity {
        best = live[way.row]
        best?.logProbability = way.logProbability
      }
      // Where nothing has ended until the end, the likeliest permitted text ends there.
      if length == longest, best == nil { best = live.first { tree.isComplete($0.place) } }
      let kept = ways.filter { $0.place != nil && $0.logProbability > best?.logProbability ?? -.infinity }
      guard !kept.isEmpty, let before = memory else { break }
      live = kept.map { way in
        let before = live[way.row]
        return Beginning(
          place: way.place ?? before.place, logProbability: way.logProbability,
          confidences: before.confidences + [Mathematics.exp(way.chance)])
      }
      memory = writer.memory(before, of: kept.map(\.row))
      unread = kept.map { Int32($0.label) }
    }
    return best.map { Found(labels: tree.labels($0.place), confidences: $0.confidences) }
  }

  /// The likeliest ways on of all beginnings together.
  ///
  /// - Parameters:
  ///   - logits: `[beginnings, classes]`, the end first.
  ///   - left: how many characters a text may still have.
  private func waysOn(
    _ live: [Beginning], _ logits: NDArray, _ tree: inout TextBeginnings, left: Int
  ) -> [Way] {
    let classes = logits.shape[1]
    let chances = logits.cast(to: .float64).logSoftmax().elements(as: Double.self)
    let labels = permitted.labels(of: classes, without: 0)
    var ways: [Way] = []
    for (row, beginning) in live.enumerated() {
      let step = chances[row * classes..<(row + 1) * classes]
      func way(_ label: Int, to place: Int?) -> Way {
        let chance = step[step.startIndex + label]
        return Way(
          row: row, label: label, chance: chance, logProbability: beginning.logProbability + chance, place: place)
      }
      if tree.isComplete(beginning.place) { ways.append(way(0, to: nil)) }
      guard left > 0 else { continue }
      var found = 0
      for label in labels.sorted(by: { step[step.startIndex + $0] > step[step.startIndex + $1] }) where found < width {
        guard let longer = tree.child(of: beginning.place, label), tree.rest(longer) < left else { continue }
        ways.append(way(label, to: longer))
        found += 1
      }
    }
    return Array(ways.sorted { $0.logProbability > $1.logProbability }.prefix(width))
  }
}
