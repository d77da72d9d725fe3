import HebbArrays

extension RestrictedBoltzmann {
  /// log Z = log Σ exp(−E), by going through all states of the smaller layer: exact, for up to 22 such units.
  public func exactLogPartition() -> Double {
    let byHidden = visible == .gaussian || hiddenCount <= visibleCount
    let count = byHidden ? hiddenCount : visibleCount
    require(count <= 22, "2^\(count) states are too many to go through; use logPartition(startingFrom:)")
    let wide = weights.cast(to: .float64)
    let w: [Double] = (byHidden ? wide.transposed() : wide).elements()  // [enumerated, others]
    let own: [Double] = (byHidden ? hiddenBias : visibleBias).cast(to: .float64).elements()
    let other: [Double] = (byHidden ? visibleBias : hiddenBias).cast(to: .float64).elements()
    var fields = other
    var energy = 0.0
    var total = LogSum()
    // Gray's code: from state to state one unit changes.
    for number in 0..<(1 << count) {
      if number > 0 {
        let unit = number.trailingZeroBitCount
        let sign: Double = (number ^ number >> 1) >> unit & 1 == 1 ? 1 : -1
        energy += sign * own[unit]
        for i in fields.indices { fields[i] += sign * w[unit * other.count + i] }
      }
      var sum = energy
      for (i, field) in fields.enumerated() {
        sum +=
          visible == .gaussian
          ? 0.5 * (field * field - other[i] * other[i]) + 0.5 * Mathematics.log(2 * .pi) : Mathematics.softplus(field)
      }
      total.add(sum)
    }
    return total.value
  }

  /// What annealed importance sampling found.
  public struct PartitionEstimate: Sendable {
    /// log Z
    public let value: Double
    /// log Z if the weights' mean were one deviation smaller.
    public let low: Double
    /// log Z if the weights' mean were one deviation larger.
    public let high: Double
  }

  /// log Z by annealed importance sampling: chains go from a machine without weights, whose Z is known, to this one.
  ///
  ///     log p*(v; β) = v·((1 − β) a₀ + β a) + Σ log(1 + exp β (b + v W))ⱼ
  ///     log w = Σ log p*(vₖ; βₖ₊₁) − log p*(vₖ; βₖ),      log Z = log Z₀ + log mean w
  ///
  /// a₀ gives each unit the mean that it has in the data.
  ///
  /// - Parameters:
  ///   - x: samples, for the first machine only.
  ///   - temperatures: how many β there are: the more, the surer.
  ///   - chains: how many runs are averaged.
  /// - Source: Neal 2001, doi:10.1023/A:1008923215028; Salakhutdinov and Murray 2008, doi:10.1145/1390156.1390266.
  public func logPartition(
    startingFrom x: NDArray, temperatures: Int = 10_000, chains: Int = 100, using random: inout Philox,
    progress: RuleWatcher? = nil
  ) throws(RuleError) -> PartitionEstimate {
    require(visible == .bernoulli, "annealed importance sampling is for binary visible units")
    require(temperatures > 1 && chains > 1, "\(temperatures) temperatures and \(chains) chains")
    let x = try checked(x)
    let means = NDArray.minimum(NDArray.maximum(x.mean(axis: 0), 0.01), 0.99)
    let start = (means / (1 - means)).log()
    let zeroLog = start.softplus().sum().scalar + Double(hiddenCount) * 0.6931471805599453
    var v = means.broadcast(to: [chains, visibleCount]).drawn(&random)
    var logs = [Double](repeating: 0, count: chains)
    let tilt = visibleBias - start
    for k in 1..<temperatures {
      let (from, to) = (Double(k - 1) / Double(temperatures - 1), Double(k) / Double(temperatures - 1))
      let fields = v.matmul(weights, epilogue: Epilogue(bias: hiddenBias))
      let gain: [Float] =
        ((v * tilt).sum(axis: 1) * (to - from)
        + ((fields * to).softplus() - (fields * from).softplus()).sum(axis: 1)).elements()
      for chain in 0..<chains { logs[chain] += Double(gain[chain]) }
      let h = (fields * to).sigmoid().drawn(&random)
      let back = h.matmul(weights, transposingRight: true) * to + (start + tilt * to)
      v = back.sigmoid().drawn(&random)
      if k % 500 == 0 { progress?(RuleProgress(step: k, steps: temperatures)) }
    }
    return PartitionEstimate(logs, base: zeroLog)
  }

  /// The mean log-likelihood of samples: −F(v) − log Z, in nats.
  public func logLikelihood(of x: NDArray, logPartition: Double) throws(RuleError) -> Double {
    let energies: [Float] = freeEnergies(try checked(x)).elements()
    return energies.reduce(0.0) { $0 - Double($1) } / Double(energies.count) - logPartition
  }

  /// The pseudo-log-likelihood of each sample, with one unit of each flipped at random (scikit-learn's `score_samples`):
  /// n log σ(F(v with the flip) − F(v)).
  public func pseudoLogLikelihood(of x: NDArray, using random: inout Philox) throws(RuleError) -> NDArray {
    require(visible == .bernoulli, "the pseudo-likelihood is for binary visible units")
    let x = try checked(x)
    let (rows, width) = (x.shape[0], visibleCount)
    let places = (0..<rows).map { _ in Int(random.next(upperBound: UInt64(width))) }
    return flipScores(x, places)
  }

  package func flipScores(_ x: NDArray, _ places: [Int]) -> NDArray {
    let width = visibleCount
    var flipped = x
    flipped.mutate { (v: UnsafeMutableBufferPointer<Float>) in
      for (row, place) in places.enumerated() { v[row * width + place] = 1 - v[row * width + place] }
    }
    return -(freeEnergies(x) - freeEnergies(flipped)).softplus() * Double(width)
  }
}

extension RestrictedBoltzmann.PartitionEstimate {
  init(_ logs: [Double], base: Double) {
    let top = logs.max() ?? 0
    let weights = logs.map { Mathematics.exp($0 - top) }
    let count = Double(weights.count)
    let mean = weights.reduce(0, +) / count
    let variance = weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let error = (variance / count).squareRoot()
    value = base + top + Mathematics.log(mean)
    low = base + top + Mathematics.log(max(mean - error, mean * 1e-3))
    high = base + top + Mathematics.log(mean + error)
  }
}

/// log Σ exp xᵢ, term by term.
struct LogSum {
  private var top = -Double.infinity
  private var sum = 0.0
  var value: Double { top + Mathematics.log(sum) }

  mutating func add(_ x: Double) {
    if x <= top {
      sum += Mathematics.exp(x - top)
    } else {
      sum = sum * Mathematics.exp(top - x) + 1
      top = x
    }
  }
}
