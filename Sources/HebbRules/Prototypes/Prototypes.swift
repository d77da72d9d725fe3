import HebbArrays

/// Vectors that stand for classes: a sample belongs to the class of the nearest.
public struct Prototypes: Sendable {
  /// `[prototypes, features]`
  public internal(set) var vectors: NDArray
  /// The class of each.
  public let labels: [Int]

  /// Prototypes at given places.
  public init(_ vectors: NDArray, labels: [Int]) {
    require(
      vectors.rank == 2 && vectors.count > 0 && labels.count == vectors.shape[0] && labels.allSatisfy { $0 >= 0 },
      "\(labels.count) labels for prototypes of shape \(vectors.shape)")
    (self.vectors, self.labels) = (vectors, labels)
  }

  /// Prototypes at the centres of `count` clusters of each class, found by Lloyd's method from samples drawn at random; a
  /// class with fewer samples gets one prototype for each.
  ///
  /// - Source: Lloyd 1982, doi:10.1109/TIT.1982.1056489.
  public init(_ x: NDArray, labels: [Int], perClass count: Int, using random: inout Philox) throws(RuleError) {
    require(count > 0, "\(count) prototypes for each class")
    let x = try RuleSamples.checked(x, "the prototypes")
    try RuleSamples.checked(labels, count: x.shape[0], "the prototypes")
    var vectors: [NDArray] = []
    var classes: [Int] = []
    for label in Set(labels).sorted() {
      let members = NDArray(labels.indices.filter { labels[$0] == label }.map { Int32($0) })
      let centers = Clusters.centers(of: x.gathered(rows: members), count: count, using: &random)
      vectors.append(centers)
      classes += [Int](repeating: label, count: centers.shape[0])
    }
    self.init(NDArray.concatenated(vectors, axis: 0), labels: classes)
  }

  /// Whether these are as many of the same classes, with as many features.
  func isLike(_ other: Prototypes) -> Bool { labels == other.labels && vectors.shape == other.vectors.shape }

  /// How many prototypes there are.
  public var count: Int { labels.count }
  /// How many features a prototype has.
  public var features: Int { vectors.shape[1] }
  /// How many classes there are, empty ones below the highest included.
  public var classCount: Int { (labels.max() ?? 0) + 1 }

  /// Samples and their labels, checked.
  func checked(_ x: NDArray, _ labels: [Int]) throws(RuleError) -> NDArray {
    let x = try RuleSamples.checked(x, "the prototypes", features: features)
    try RuleSamples.checked(labels, count: x.shape[0], "the prototypes")
    let known = Set(self.labels)
    if let strange = labels.first(where: { !known.contains($0) }) {
      throw .labels("the prototypes", problem: "no prototype has the class \(strange); make some for it")
    }
    return x
  }

  /// ‖x − w‖² of all samples and prototypes, never below zero: `[samples, prototypes]`, one matrix product.
  static func squaredDistances(_ x: NDArray, _ w: NDArray) -> NDArray {
    let lengths = x.squared().sum(axis: 1, keepingAxis: true) + w.squared().sum(axis: 1).expanded(at: 0)
    return NDArray.maximum(lengths - x.matmul(w, transposingRight: true) * 2, 0)
  }

  /// The class of the nearest prototype.
  func classes(of distances: NDArray) -> [Int] {
    (-distances).argMax(axis: 1).elements(as: Int32.self).map { labels[Int($0)] }
  }
}

extension Prototypes {
  var arrays: [(name: String, value: NDArray)] {
    [("prototypes", vectors), ("labels", NDArray(labels.map { Int32($0) }))]
  }

  init(_ state: RuleState) throws(DataError) {
    let vectors = try state.array("prototypes", [-1, -1])
    let labels = try state.array("labels", [vectors.shape[0]], .int32).elements(as: Int32.self).map(Int.init)
    guard vectors.count > 0, labels.allSatisfy({ $0 >= 0 }) else { throw state.failure("the prototypes are damaged") }
    self.init(vectors, labels: labels)
  }
}

/// Centres of clusters.
enum Clusters {
  /// Lloyd's method: at most `count` centres `[count, features]`, no more than samples.
  static func centers(of x: NDArray, count: Int, rounds: Int = 25, using random: inout Philox) -> NDArray {
    let count = min(count, x.shape[0])
    let chosen = NDArray.permutation(x.shape[0], using: &random)[0..<count]
    var centers = x.gathered(rows: chosen)
    var before: [Int32] = []
    for _ in 0..<rounds {
      let nearest = (-Prototypes.squaredDistances(x, centers)).argMax(axis: 1)
      let now: [Int32] = nearest.elements()
      if now == before { break }
      before = now
      var sizes = [Float](repeating: 0, count: count)
      for center in now { sizes[Int(center)] += 1 }
      let hits = NDArray(sizes, shape: [count, 1])
      // A centre that nobody is near to stays where it is.
      centers = hits.greater(than: 0).broadcast(to: centers.shape).select(
        x.scatterAdded(rows: nearest, count: count) / NDArray.maximum(hits, 1), centers)
    }
    return centers
  }
}
