import HebbArrays

/// Sequences of any lengths that lie in memory, each with a label, or with a sequence of labels.
///
///     let words = SequenceDataset(name: "reviews", tokens: texts.map(tokenizer.encode), labels: labels, classNames: names)
///     let pairs = SequenceDataset(name: "pairs", tokens: english, targets: german)
///
/// A batch has as many steps as its longest sequence. Behind shorter ones stand zeros, behind shorter targets −1, which
/// losses and metrics can leave out; ``Batch/lengths`` says where each sequence ends.
public struct SequenceDataset: Dataset {
  public let name: String
  /// `int32` tokens `[time]`, or `float32` features `[time, features]`, one array each.
  public let sequences: [NDArray]
  /// `int32` labels `[count]` or `[count, longest]`, −1 where there is none.
  public let targets: NDArray
  public let classNames: [String]
  public let normalization: Normalization
  /// How many labels each target has; `nil` where each sequence has one label.
  private let targetLengths: [Int]?

  /// Sequences of tokens with a label each.
  public init(name: String, tokens: [[Int]], labels: [Int], classNames: [String]) {
    self.init(
      name: name, sequences: tokens.map { NDArray($0.map { Int32($0) }) }, labels: labels, classNames: classNames)
  }

  /// Sequences of tokens with a sequence each: of as many tags, or of another length.
  public init(name: String, tokens: [[Int]], targets: [[Int]], classNames: [String] = []) {
    self.init(
      name: name, sequences: tokens.map { NDArray($0.map { Int32($0) }) }, targets: targets, classNames: classNames)
  }

  /// Sequences with a label each.
  ///
  /// - Parameter sequences: `int32` `[time]`, or `float32` `[time, features]`, all with as many features.
  public init(
    name: String, sequences: [NDArray], labels: [Int], classNames: [String], normalization: Normalization = .identity
  ) {
    self.init(
      name, sequences, NDArray(labels.map { Int32($0) }), lengths: nil, classNames: classNames,
      normalization: normalization)
  }

  /// Sequences with a sequence of labels each.
  public init(
    name: String, sequences: [NDArray], targets: [[Int]], classNames: [String] = [],
    normalization: Normalization = .identity
  ) {
    self.init(
      name, sequences, PaddedSequences(targets, padding: -1).numbers, lengths: targets.map(\.count),
      classNames: classNames, normalization: normalization)
  }

  private init(
    _ name: String, _ sequences: [NDArray], _ targets: NDArray, lengths: [Int]?, classNames: [String],
    normalization: Normalization
  ) {
    require(
      sequences.count == targets.shape[0], "\(name): \(sequences.count) sequences and targets \(targets.shape)")
    if let first = sequences.first {
      require(
        (first.rank == 1 && first.dtype == .int32) || (first.rank == 2 && first.dtype == .float32),
        "\(name): sequences \(first.shape) of \(first.dtype), neither tokens nor features")
      require(
        sequences.allSatisfy { $0.dtype == first.dtype && $0.shape.removing(0) == first.shape.removing(0) },
        "\(name): sequences differ in type or features")
    }
    (self.name, self.sequences, self.targets, targetLengths) = (name, sequences, targets, lengths)
    (self.classNames, self.normalization) = (classNames, normalization)
  }

  public var count: Int { sequences.count }
  /// How many steps each sequence has.
  public var lengths: [Int] { sequences.map { $0.shape[0] } }

  public func lengths(at indices: [Int]) -> [Int]? { indices.map { sequences[$0].shape[0] } }

  public func inputs(at indices: [Int]) -> NDArray {
    let chosen = indices.map { sequences[$0] }
    let steps = chosen.map { $0.shape[0] }.max() ?? 0
    return .stacked(chosen.map { $0.padded(steps: steps) }, axis: 0)
  }

  public func targets(at indices: [Int]) -> NDArray {
    let rows = targets.rows(at: indices)
    guard let targetLengths else { return rows }
    let steps = indices.map { targetLengths[$0] }.max() ?? 0
    return rows.sliced(axis: 1, from: 0, to: steps)
  }
}

extension NDArray {
  /// As many steps along the first axis, zeros behind the last.
  fileprivate func padded(steps: Int) -> NDArray {
    guard shape[0] < steps else { return self }
    let rest = NDArray.zeros(shape.replacing(0, with: steps - shape[0]), dtype: dtype)
    return .concatenated([self, rest], axis: 0)
  }
}
