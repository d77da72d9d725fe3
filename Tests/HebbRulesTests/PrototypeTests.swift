import HebbArrays
import HebbData
import HebbRules
import HebbTesting
import Testing

@Suite struct PrototypeTests {
  private var start: Prototypes { Prototypes(reference["lvq.start"], labels: reference.integers("lvq.classes")) }

  @Test func movesAsKohonenWroteIt() throws {
    let rules: [(String, LearningVectorQuantization.Rule)] = [
      ("lvq1", .lvq1), ("olvq1", .olvq1), ("lvq21", .lvq21(window: 0.3)), ("lvq3", .lvq3(window: 0.3, epsilon: 0.2)),
    ]
    for (name, rule) in rules {
      var random = Philox(seed: 0)
      var network = LearningVectorQuantization(start, rule: rule)
      try network.fit(
        reference["lvq.x"], labels: reference.integers("lvq.y"), epochs: 4, learningRate: 0.1, shuffles: false,
        using: &random)
      let error = difference(network.prototypes.vectors, reference["lvq.\(name)"])
      #expect(error < 1e-5, "\(name)")
    }
  }

  /// Slopes against differences of the cost in float64, along straight lines in Ω too.
  @Test(arguments: [GeneralizedLVQ.Metric.euclidean, .relevance, .matrix(), .matrix(components: 2)])
  func generalizedSlopesAreThoseOfTheCost(_ metric: GeneralizedLVQ.Metric) throws {
    let (x, y) = (reference["lvq.x"], reference.integers("lvq.y"))
    let network = GeneralizedLVQ(start, metric: metric)
    let found = network.gradient(x, y)
    let (wide, vectors) = (x.cast(to: .float64), start.vectors.cast(to: .float64))
    let omega = network.omega?.cast(to: .float64)
    func cost(_ vectors: NDArray, _ omega: NDArray?) -> Double {
      GeneralizedLVQ(Prototypes(vectors, labels: start.labels), omega: omega, slope: 2).gradient(wide, y).cost
    }
    let byVectors = slopes(vectors) { cost($0, omega) }
    #expect(difference(byVectors, found.vectors) < 1e-5)
    guard let omega, let slope = found.omega else { return }
    let byOmega = slopes(omega) { cost(vectors, $0) }
    #expect(difference(byOmega, slope) < 1e-5)
  }

  @Test func softSlopesAreThoseOfTheCost() throws {
    let (x, y) = (reference["lvq.x"], reference.integers("lvq.y"))
    let found = RobustSoftLVQ(start, variance: 0.7).gradient(x, y)
    let byVectors = slopes(start.vectors.cast(to: .float64)) { vectors in
      RobustSoftLVQ(Prototypes(vectors, labels: start.labels), variance: 0.7).gradient(x.cast(to: .float64), y).cost
    }
    #expect(difference(byVectors, found.vectors) < 1e-5)
  }

  /// Central differences by every element.
  private func slopes(_ array: NDArray, _ cost: (NDArray) -> Double) -> NDArray {
    let step = 1e-6
    return NDArray(
      (0..<array.count).map { i in
        Float((cost(nudged(array, i, step)) - cost(nudged(array, i, -step))) / (2 * step))
      })
  }

  private func nudged(_ array: NDArray, _ index: Int, _ by: Double) -> NDArray {
    var array = array
    array.mutate { (x: UnsafeMutableBufferPointer<Double>) in x[index] += by }
    return array
  }

  /// Ten parts of the digits, each tested once. Chosen settings reach 97 to 98 %.
  @Test func matrixMetricReadsDigits() throws {
    let accuracy = try crossValidated(Digits.load(), folds: 10) { x, labels, random in
      var network = GeneralizedLVQ(
        try Prototypes(x, labels: labels, perClass: 5, using: &random), metric: .matrix(), slope: 6)
      try network.fit(x, labels: labels, epochs: 60, learningRate: 0.05, omegaRate: 0.02, using: &random)
      return { try network.predict($0) }
    }
    #expect(accuracy > 0.97, "\(accuracy)")
  }

  @Test func everyRuleLearnsIris() throws {
    let iris = Iris.load()
    let rules: [(String, LearningVectorQuantization.Rule)] = [
      ("LVQ1", .lvq1), ("OLVQ1", .olvq1), ("LVQ3", .lvq3(window: 0.2, epsilon: 0.2)),
    ]
    for (name, rule) in rules {
      let accuracy = try crossValidated(iris, folds: 5) { x, labels, random in
        var network = LearningVectorQuantization(
          try Prototypes(x, labels: labels, perClass: 3, using: &random), rule: rule)
        try network.fit(x, labels: labels, epochs: 50, using: &random)
        return { try network.predict($0) }
      }
      #expect(accuracy > 0.92, "\(name): \(accuracy)")
    }
    for metric in [GeneralizedLVQ.Metric.euclidean, .relevance, .matrix()] {
      let accuracy = try crossValidated(iris, folds: 5) { x, labels, random in
        var network = GeneralizedLVQ(try Prototypes(x, labels: labels, perClass: 2, using: &random), metric: metric)
        try network.fit(x, labels: labels, epochs: 60, using: &random)
        return { try network.predict($0) }
      }
      #expect(accuracy > 0.93, "\(metric): \(accuracy)")
    }
    let accuracy = try crossValidated(iris, folds: 5) { x, labels, random in
      var network = RobustSoftLVQ(try Prototypes(x, labels: labels, perClass: 2, using: &random))
      try network.fit(x, labels: labels, epochs: 60, using: &random)
      return { try network.predict($0) }
    }
    #expect(accuracy > 0.93, "RSLVQ: \(accuracy)")
  }

  /// A feature that says nothing loses its relevance.
  @Test func relevancesLeaveNoiseOut() throws {
    var random = Philox(seed: 9)
    let noise = NDArray.normal([150, 1], using: &random)
    let iris = Iris.load()
    let x = Normalization(fitting: iris.features).normalized(iris.features)
    let wide = NDArray.concatenated([x, noise], axis: 1)
    for metric in [GeneralizedLVQ.Metric.relevance, .matrix()] {
      var network = GeneralizedLVQ(
        try Prototypes(wide, labels: iris.labels, perClass: 1, using: &random), metric: metric)
      try network.fit(wide, labels: iris.labels, epochs: 150, omegaRate: 0.01, using: &random)
      let relevances = try #require(network.relevances)
      let diagonal = (0..<5).map { relevances.element(relevances.rank == 1 ? $0 : $0 * 6) }
      #expect(abs(diagonal.reduce(0, +) - 1) < 1e-4 && diagonal[4] < 0.1, "\(diagonal)")
    }
  }

  /// The part of samples that are told right, each by a network that has not seen it.
  private func crossValidated(
    _ data: any Dataset, folds: Int, _ train: (NDArray, [Int], inout Philox) throws -> (NDArray) throws -> [Int]
  ) throws -> Double {
    var right = 0
    for fold in data.stratifiedFolds(folds, seed: 1) {
      var random = Philox(seed: 1)
      let scale = Normalization(fittingElementsOf: fold.train.features)
      let predict = try train(scale.normalized(fold.train.features), fold.train.labels, &random)
      let found = try predict(scale.normalized(fold.test.features))
      right += zip(found, fold.test.labels).filter { $0 == $1 }.count
    }
    return Double(right) / Double(data.count)
  }
}
