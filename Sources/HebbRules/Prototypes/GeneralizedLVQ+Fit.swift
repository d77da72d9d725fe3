import HebbArrays

extension GeneralizedLVQ {
  /// Follows the gradient with Adam over batches of samples in random order.
  ///
  /// - Parameters:
  ///   - learningRate: of the prototypes, falling on a line to a hundredth.
  ///   - omegaRate: of Ω, falling likewise; `learningRate` times 0.1 unless given.
  ///   - progress: called after every epoch with the mean cost of its batches.
  public mutating func fit(
    _ x: NDArray, labels: [Int], epochs: Int, batchSize: Int = 64, learningRate: Double = 0.02,
    omegaRate: Double? = nil, using random: inout Philox, checkpoint: RuleCheckpoint? = nil,
    progress: RuleWatcher? = nil
  ) throws(RuleError) {
    let x = try prototypes.checked(x, labels)
    require(learningRate > 0, "\(Self.kind): a learning rate of \(learningRate)")
    let before = self
    var vectorStep = RuleAdam(prototypes.vectors)
    var omegaStep = omega.map { RuleAdam($0) }
    let plan = PrototypeEpochs(epochs: epochs, batchSize: batchSize)
    var start = 0
    try checkpoint?.begin(
      Self.kind,
      .samples(
        x, labels,
        ["epochs": epochs, "batch size": batchSize, "rates": [learningRate, omegaRate ?? learningRate * 0.1]])
    ) { (state) throws(DataError) in
      let network: Self = try state.model()
      guard network.prototypes.isLike(prototypes), network.omega?.shape == omega?.shape else {
        throw state.failure("it is of other prototypes")
      }
      try vectorStep.restore("vectors.", state)
      try omegaStep?.restore("omega.", state)
      (self, random, start) = (network, try state.random(), try state.done(of: epochs))
    }
    try plan.run(x, labels, from: start, using: &random, progress) { x, labels, rest in
      let gradient = gradient(x, labels)
      vectorStep.apply(to: &prototypes.vectors, gradient.vectors, rate: learningRate * rest)
      if var omega, let slope = gradient.omega {
        omegaStep?.apply(to: &omega, slope, rate: (omegaRate ?? learningRate * 0.1) * rest)
        self.omega = omega / max(omega.sumOfSquares().scalar.squareRoot(), 1e-12)
      }
      return gradient.cost
    } epochEnded: { (done, random) throws(RuleError) in
      guard prototypes.vectors.allFinite, omega?.allFinite ?? true else {
        self = before
        throw PrototypeEpochs.diverged
      }
      try checkpoint?.pass(done, of: epochs) {
        var state = RuleState(training: self, done: done, random)
        state.arrays += vectorStep.arrays("vectors.") + (omegaStep?.arrays("omega.") ?? [])
        return state
      }
    }
  }

  /// The slopes of the mean cost.
  ///
  ///     C(i, w) = ∂cost/∂d(xᵢ, w)
  ///     ∂/∂w = −2 Λ Σ C (x − w)        ∂/∂Ω = 2 Ω Σ C (x − w)(x − w)ᵀ
  ///
  /// all of it matrix products.
  package func gradient(_ x: NDArray, _ labels: [Int]) -> (cost: Double, vectors: NDArray, omega: NDArray?) {
    let w = prototypes.vectors
    let (cost, c) = pull(distances(x), labels)
    let byPrototype = c.sum(axis: 0).expanded(at: 1)
    let meeting = c.matmul(x, transposingLeft: true)  // Σ C x, [prototypes, features]
    let toward = meeting - w * byPrototype  // Σ C (x − w)
    guard let omega else { return (cost, toward * -2, nil) }
    if omega.rank == 1 {
      let bySample = c.sum(axis: 1).expanded(at: 1)
      let spread =
        (x.squared() * bySample).sum(axis: 0) - (meeting * w).sum(axis: 0) * 2
        + (w.squared() * byPrototype).sum(axis: 0)
      return (cost, toward * omega.squared() * -2, omega * spread * 2)
    }
    let bySample = c.sum(axis: 1).expanded(at: 1)
    let cross = w.matmul(meeting, transposingLeft: true)
    let spread =
      x.matmul(x * bySample, transposingLeft: true) - cross - cross.transposed()
      + w.matmul(w * byPrototype, transposingLeft: true)
    let vectors = toward.matmul(omega, transposingRight: true).matmul(omega) * -2
    return (cost, vectors, omega.matmul(spread) * 2)
  }

  /// The mean cost, and its slope by every distance, `[samples, prototypes]`.
  func pull(_ distances: NDArray, _ labels: [Int]) -> (cost: Double, slopes: NDArray) {
    let (rows, count, classes) = (distances.shape[0], prototypes.count, prototypes.labels)
    let d: [Double] = distances.cast(to: .float64).elements()
    var cost = 0.0
    var slopes = [Double](repeating: 0, count: rows * count)
    for row in 0..<rows {
      var (right, wrong) = (-1, -1)
      for p in 0..<count {
        let value = d[row * count + p]
        if classes[p] == labels[row] {
          if right < 0 || value < d[row * count + right] { right = p }
        } else if wrong < 0 || value < d[row * count + wrong] {
          wrong = p
        }
      }
      let (near, far) = (d[row * count + right], d[row * count + wrong])
      let sum = max(near + far, 1e-30)
      let value = Mathematics.sigmoid(slope * (near - far) / sum)
      cost += value
      let outer = slope * value * (1 - value) * 2 / (sum * sum) / Double(rows)
      slopes[row * count + right] = outer * far
      slopes[row * count + wrong] = -outer * near
    }
    return (cost / Double(rows), NDArray(slopes, shape: [rows, count]).cast(to: distances.dtype))
  }
}
