import HebbArrays

extension Dataset {
  /// Two parts at random: for training, and `testFraction` of the samples for testing. A function of the seed.
  public func split(testFraction: Double, seed: UInt64) -> (train: Subset, test: Subset) {
    parted([Array(0..<count)], testFraction: testFraction, seed: seed)
  }

  /// As ``split(testFraction:seed:)``, each class by itself, so that both parts hold the classes in the same proportion.
  public func stratifiedSplit(testFraction: Double, seed: UInt64) -> (train: Subset, test: Subset) {
    parted(classes, testFraction: testFraction, seed: seed)
  }

  /// `folds` pairs for cross-validation: each sample is tested in exactly one.
  public func folds(_ folds: Int, seed: UInt64) -> [(train: Subset, test: Subset)] {
    folded([Array(0..<count)], folds, seed: seed)
  }

  /// As ``folds(_:seed:)``, with each class dealt out evenly.
  public func stratifiedFolds(_ folds: Int, seed: UInt64) -> [(train: Subset, test: Subset)] {
    folded(classes, folds, seed: seed)
  }

  /// The samples with these numbers, in this order.
  public func subset(_ indices: [Int]) -> Subset { Subset(self, indices) }

  /// The numbers of the samples of each class that has any, by rising label.
  private var classes: [[Int]] {
    var members: [Int: [Int]] = [:]
    for (index, label) in labels.enumerated() { members[label, default: []].append(index) }
    return members.sorted { $0.key < $1.key }.map(\.value)
  }

  private func parted(_ groups: [[Int]], testFraction: Double, seed: UInt64) -> (train: Subset, test: Subset) {
    require(testFraction >= 0 && testFraction <= 1, "\(testFraction) is not a fraction")
    var train: [Int] = []
    var test: [Int] = []
    for group in shuffled(groups, seed: seed) {
      let tested = Int((Double(group.count) * testFraction).rounded())
      test += group[..<tested]
      train += group[tested...]
    }
    return (subset(train.sorted()), subset(test.sorted()))
  }

  private func folded(_ groups: [[Int]], _ folds: Int, seed: UInt64) -> [(train: Subset, test: Subset)] {
    require(folds >= 2 && folds <= count, "\(count) samples cannot be cut into \(folds) folds")
    var fold = [Int](repeating: 0, count: count)
    for (position, index) in shuffled(groups, seed: seed).joined().enumerated() { fold[index] = position % folds }
    return (0..<folds).map { tested in
      (subset(fold.indices.filter { fold[$0] != tested }), subset(fold.indices.filter { fold[$0] == tested }))
    }
  }

  private func shuffled(_ groups: [[Int]], seed: UInt64) -> [[Int]] {
    let key = Philox(seed: seed, stream: RandomStream.split)
    return groups.enumerated().map { number, group in
      var random = key.split(UInt64(number))
      return random.permutation(group.count).map { group[$0] }
    }
  }
}

/// Some samples of a data set, which stay where they are.
public struct Subset: Dataset {
  /// The data set that holds the samples.
  public let base: any Dataset
  /// The numbers of the samples in `base`.
  public let indices: [Int]
  public let targets: NDArray

  /// The samples of these numbers, in this order; one may come several times.
  public init(_ base: any Dataset, _ indices: [Int]) {
    self.base = base
    self.indices = indices
    targets = base.targets.rows(at: indices)
  }

  public var name: String { base.name }
  public var count: Int { indices.count }
  public var classNames: [String] { base.classNames }
  public var normalization: Normalization { base.normalization }
  public func inputs(at indices: [Int]) -> NDArray { base.inputs(at: indices.map { self.indices[$0] }) }
  public func targets(at indices: [Int]) -> NDArray { base.targets(at: indices.map { self.indices[$0] }) }
  public func lengths(at indices: [Int]) -> [Int]? { base.lengths(at: indices.map { self.indices[$0] }) }
}
