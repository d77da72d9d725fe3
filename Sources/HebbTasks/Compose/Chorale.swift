import Hebb

/// Music in steps of equal length: the keys that sound at each, by their MIDI numbers.
package struct Chorale: Sendable, Hashable {
  /// The keys of a piano: A0 to C8.
  package static let keys = 21...108

  package let steps: [[Int]]

  package init(_ steps: [[Int]]) { self.steps = steps }

  /// The steps of a piano roll `[steps, 88]`: keys whose element is above ½.
  package init(roll: NDArray) {
    let numbers: [Float] = roll.elements()
    steps = (0..<roll.shape[0]).map { step in
      Chorale.keys.filter { numbers[step * Chorale.keys.count + $0 - Chorale.keys.lowerBound] > 0.5 }
    }
  }

  /// 1 where a key sounds, `float32` `[steps, 88]`.
  package var roll: NDArray {
    var numbers = [Float](repeating: 0, count: steps.count * Chorale.keys.count)
    for (step, pitches) in steps.enumerated() {
      for pitch in pitches { numbers[step * Chorale.keys.count + pitch - Chorale.keys.lowerBound] = 1 }
    }
    return NDArray(numbers, shape: [steps.count, Chorale.keys.count])
  }

  /// The same music higher by some semitones; nil where the piano ends before.
  package func transposed(by semitones: Int) -> Chorale? {
    let moved = steps.map { $0.map { $0 + semitones } }
    return moved.joined().allSatisfy(Chorale.keys.contains) ? Chorale(moved) : nil
  }
}

/// Chorales to learn from, to choose by, and to test on.
struct ChoraleParts: Sendable {
  let train: [Chorale], validation: [Chorale], test: [Chorale]

  private static let longest = 10_000

  /// Reads JSON: members `train`, `valid` and `test`, each a list of pieces, a piece a list of steps, a step a list of MIDI
  /// numbers.
  init(_ text: String, file: String) throws(DataError) {
    let json = try JSON(parsing: Array(text.utf8), file: file)
    train = try ChoraleParts.pieces(json, "train", file)
    validation = try ChoraleParts.pieces(json, "valid", file)
    test = try ChoraleParts.pieces(json, "test", file)
  }

  private static func pieces(_ json: JSON, _ name: String, _ file: String) throws(DataError) -> [Chorale] {
    let advice = "give lists of pieces of steps of MIDI numbers from 21 to 108"
    guard let pieces = json[name]?.elements, !pieces.isEmpty else {
      throw DataError(file, "there are no pieces under “\(name)”", advice: advice)
    }
    var chorales: [Chorale] = []
    for (number, piece) in pieces.enumerated() {
      let steps = piece.elements?.compactMap { $0.elements?.compactMap(\.integer) } ?? []
      let counts = piece.elements?.map { $0.elements?.count ?? -1 }
      guard counts == steps.map(\.count), (2...longest).contains(steps.count),
        steps.joined().allSatisfy(Chorale.keys.contains)
      else {
        throw DataError(
          file, at: "“\(name)”, piece \(number + 1)", "it is no list of 2 to \(longest) steps of keys", advice: advice)
      }
      chorales.append(Chorale(steps))
    }
    return chorales
  }
}

/// Chorales as a network learns them: from all steps so far, the keys of the next. Before the first step there is silence.
struct ChoraleDataset: Dataset {
  let name = "chorales"
  let pieces: [NDArray]  // [steps, 88] each

  init(_ chorales: [Chorale]) { pieces = chorales.map(\.roll) }

  var count: Int { pieces.count }
  var classNames: [String] { [] }
  var normalization: Normalization { .identity }
  var targets: NDArray { targets(at: Array(0..<count)) }

  func lengths(at indices: [Int]) -> [Int]? { indices.map { pieces[$0].shape[0] } }
  func targets(at indices: [Int]) -> NDArray { padded(indices, silence: 0) }
  func inputs(at indices: [Int]) -> NDArray { padded(indices, silence: 1) }

  /// Each piece behind some steps of silence, cut and filled up to the longest's length.
  private func padded(_ indices: [Int], silence: Int) -> NDArray {
    let longest = indices.map { pieces[$0].shape[0] }.max() ?? 0
    let rows = indices.map { index in
      let piece = pieces[index]
      let kept = piece.sliced(axis: 0, from: 0, to: piece.shape[0] - silence)
      func quiet(_ steps: Int) -> NDArray { .zeros([steps, Chorale.keys.count]) }
      return NDArray.concatenated([quiet(silence), kept, quiet(longest - piece.shape[0])], axis: 0)
    }
    return .stacked(rows, axis: 0)
  }
}
