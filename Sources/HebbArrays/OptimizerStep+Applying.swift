import CHebbKernels

extension OptimizerStep {
  /// The step of a rule without states.
  package func apply(to weight: inout NDArray, gradient: NDArray) {
    prepare(&weight, gradient, states: 0)
    run(weight, gradient, nil, nil, nil)
  }

  /// The step of a rule with one state.
  package func apply(to weight: inout NDArray, gradient: NDArray, state: inout NDArray) {
    prepare(&weight, gradient, states: 1)
    own(&state, like: gradient)
    run(weight, gradient, state.bytes, nil, nil)
  }

  /// The step of a rule with two states, in the order that its factory names them.
  package func apply(to weight: inout NDArray, gradient: NDArray, state: inout NDArray, _ second: inout NDArray) {
    prepare(&weight, gradient, states: 2)
    own(&state, like: gradient)
    own(&second, like: gradient)
    run(weight, gradient, state.bytes, second.bytes, nil)
  }

  /// The step of a rule with three states, in the order that its factory names them.
  package func apply(
    to weight: inout NDArray, gradient: NDArray, state: inout NDArray, _ second: inout NDArray, _ third: inout NDArray
  ) {
    prepare(&weight, gradient, states: 3)
    own(&state, like: gradient)
    own(&second, like: gradient)
    own(&third, like: gradient)
    run(weight, gradient, state.bytes, second.bytes, third.bytes)
  }

  @inline(__always)
  private func prepare(_ weight: inout NDArray, _ gradient: NDArray, states: Int) {
    require(states == stateCount, "\(rule) keeps \(stateCount) states, not \(states)")
    own(&weight, like: gradient)
  }

  /// Makes sure that an array may be written, and that it fits the gradient.
  @inline(__always)
  private func own(_ array: inout NDArray, like gradient: NDArray) {
    require(
      array.shape == gradient.shape && array.dtype == gradient.dtype,
      "\(rule): an array of \(array.shape) \(array.dtype) for a gradient of \(gradient.shape) \(gradient.dtype)")
    array.makeUnique()
  }

  private func run(
    _ weight: NDArray, _ gradient: NDArray, _ s0: UnsafeMutableRawPointer?, _ s1: UnsafeMutableRawPointer?,
    _ s2: UnsafeMutableRawPointer?
  ) {
    guard weight.dtype == .float32 else {
      update(weight, gradient, [s0, s1, s2].compactMap { $0?.assumingMemoryBound(to: Double.self) })
      return
    }
    let w = weight.mutablePointer(to: Float.self)
    let g = gradient.pointer(to: Float.self)
    let (s0, s1, s2) = (s0?.floats, s1?.floats, s2?.floats)
    let kernel = hebb_optimizer_rule_kernel(hebb_isa(), Int32(rule.rawValue))
    var numbers = numbers
    let count = weight.count
    guard count >= ThreadPool.worthSharing else {
      kernel(count, w, g, s0, s1, s2, &numbers)
      return
    }
    let part = 16_384
    let shared = numbers
    ThreadPool.shared.run((count + part - 1) / part) { piece in
      let at = piece * part
      var numbers = shared
      kernel(
        Swift.min(part, count - at), w + at, g + at, s0.map { $0 + at }, s1.map { $0 + at }, s2.map { $0 + at },
        &numbers)
    }
  }
}

extension UnsafeMutableRawPointer {
  fileprivate var floats: UnsafeMutablePointer<Float> { assumingMemoryBound(to: Float.self) }
}

// MARK: - Float64

extension OptimizerStep {
  private func update(_ weight: NDArray, _ gradient: NDArray, _ states: [UnsafeMutablePointer<Double>]) {
    let w = weight.mutablePointer(to: Double.self)
    let g = gradient.pointer(to: Double.self)
    for i in 0..<weight.count {
      var values = states.map { $0[i] }
      update(&w[i], g[i], &values)
      for (state, value) in zip(states, values) { state[i] = value }
    }
  }

  /// The rule for one weight; `s` are its states.
  private func update(_ w: inout Double, _ gradient: Double, _ s: inout [Double]) {
    if rule == .average {
      w += rate * (gradient - w)
      return
    }
    var g = Swift.min(Swift.max(gradientFactor * gradient, -gradientBound), gradientBound)
    g += l2 * w + l1 * (w > 0 ? 1 : w < 0 ? -1 : 0)
    w *= keep
    switch rule {
    case .sgd: w -= rate * g
    case .momentum:
      s[0] = a * s[0] + g
      w -= rate * s[0]
    case .nesterov:
      s[0] = a * s[0] + g
      w -= rate * (g + a * s[0])
    case .adagrad:
      s[0] += g * g
      w -= rate * g / (s[0].squareRoot() + epsilon)
    case .rmsProp, .rmsPropMomentum, .rmsPropCentered, .rmsPropCenteredMomentum:
      let direction = rmsQuotient(g, &s)
      if b != 0 {
        let last = s.count - 1
        s[last] = b * s[last] + direction
        w -= rate * s[last]
      } else {
        w -= rate * direction
      }
    case .adadelta:
      s[0] = a * s[0] + (1 - a) * g * g
      let step = (s[1] + epsilon).squareRoot() / (s[0] + epsilon).squareRoot() * g
      s[1] = a * s[1] + (1 - a) * step * step
      w -= rate * step
    case .adam, .nadam:
      s[0] += (1 - a) * (g - s[0])
      s[1] = b * s[1] + (1 - b) * g * g
      let denominator = s[1].squareRoot() * c + epsilon
      w -= (rule == .adam ? rate * s[0] : rate * g + d * s[0]) / denominator
    case .lion:
      let direction = a * s[0] + (1 - a) * g
      w -= rate * (direction > 0 ? 1 : direction < 0 ? -1 : 0)
      s[0] = b * s[0] + (1 - b) * g
    case .average: break
    }
  }

  private func rmsQuotient(_ g: Double, _ s: inout [Double]) -> Double {
    s[0] = a * s[0] + (1 - a) * g * g
    guard rule == .rmsPropCentered || rule == .rmsPropCenteredMomentum else { return g / (s[0].squareRoot() + epsilon) }
    s[1] += (1 - a) * (g - s[1])
    return g / ((s[0] - s[1] * s[1]).squareRoot() + epsilon)
  }
}
