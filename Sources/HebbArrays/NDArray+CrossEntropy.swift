import CHebbKernels

/// What a softmax cross-entropy counts, and how it joins the rows.
package struct CrossEntropy: Sendable {
  /// How the rows' losses become one.
  package enum Reduction: Sendable {
    /// One loss a row.
    case none
    case sum
    /// The weighted mean: by the weights of the labels' classes, over rows that are not ignored. For probabilities, the
    /// sum over the number of rows.
    case mean
  }

  package var reduction = Reduction.mean
  /// This share of the target is spread evenly over all classes.
  package var smoothing = 0.0
  /// A factor for each class, of shape `[classes]`.
  package var weights: NDArray?
  /// Rows with this label count nothing.
  package var ignoredLabel = -100

  package init(
    reduction: Reduction = .mean, smoothing: Double = 0, weights: NDArray? = nil, ignoredLabel: Int = -100
  ) {
    require(smoothing >= 0 && smoothing <= 1, "cross-entropy: the smoothing \(smoothing) is not in 0…1")
    self.reduction = reduction
    self.smoothing = smoothing
    self.weights = weights
    self.ignoredLabel = ignoredLabel
  }
}

extension NDArray {
  /// Softmax cross-entropy of logits `[…, classes]` with int32 labels of shape `[…]`, as PyTorch's `cross_entropy`.
  ///
  ///     loss = Σ t · (log Σ exp x − x)          ∂loss/∂x = Σt · softmax x − t
  ///
  /// t is the label's class weight at the label; with smoothing ε, that times 1 − ε, and every class has ε / classes times
  /// its weight. The loss has shape `[]`, or `[…]` without reduction; the gradient is that of the loss (of their sum, without
  /// reduction), made in the same pass.
  package func crossEntropy(
    labels: NDArray, _ options: CrossEntropy = CrossEntropy(), gradient: Bool = true
  ) -> (loss: NDArray, gradient: NDArray?) {
    require(
      rank >= 1 && labels.shape == shape.removing(-1) && labels.dtype == .int32,
      "crossEntropy: labels \(labels.shape) \(labels.dtype) for logits \(shape)")
    let (known, total) = options.read(labels, classes: shape.innermost)
    let scale = options.reduction == .mean ? 1 / total : 1
    return softmaxLoss(options, labels: known, probabilities: nil, scale: scale, gradient: gradient)
  }

  /// Softmax cross-entropy of logits `[…, classes]` with probabilities of the same shape as targets.
  package func crossEntropy(
    probabilities: NDArray, _ options: CrossEntropy = CrossEntropy(), gradient: Bool = true
  ) -> (loss: NDArray, gradient: NDArray?) {
    require(
      rank >= 1 && probabilities.shape == shape && probabilities.dtype == dtype,
      "crossEntropy: probabilities \(probabilities.shape) \(probabilities.dtype) for logits \(shape) \(dtype)")
    let scale = options.reduction == .mean ? Double(shape.innermost) / Double(count) : 1
    return softmaxLoss(options, labels: nil, probabilities: probabilities, scale: scale, gradient: gradient)
  }

  private func softmaxLoss(
    _ options: CrossEntropy, labels: NDArray?, probabilities: NDArray?, scale: Double, gradient: Bool
  ) -> (loss: NDArray, gradient: NDArray?) {
    require(dtype.isFloatingPoint, "crossEntropy: logits \(dtype)")
    if let weights = options.weights {
      require(
        weights.shape == [shape.innermost] && weights.dtype == dtype,
        "crossEntropy: class weights \(weights.shape) \(weights.dtype) for logits \(shape) \(dtype)")
    }
    let dx = gradient ? NDArray(uninitialized: shape, dtype) : nil
    let losses =
      dtype == .float32
      ? kernelLosses(options, labels, probabilities, scale, dx) : plainLosses(options, labels, probabilities, scale, dx)
    guard options.reduction != .none else {
      return (NDArray(losses, shape: shape.removing(-1)).cast(to: dtype), dx)
    }
    return (NDArray(losses.reduce(0, +) * scale).cast(to: dtype), dx)
  }

  private func kernelLosses(
    _ options: CrossEntropy, _ labels: NDArray?, _ probabilities: NDArray?, _ scale: Double, _ dx: NDArray?
  ) -> [Double] {
    let classes = shape.innermost
    let rows = shape.removing(-1).count
    let base = options.smoothing / Double(classes)
    let spread = options.weights.map { weights in
      NDArray(weights.elements(as: Float.self).map { Float(base * Double($0)) })
    }
    let parts = NDArray(uninitialized: [3, rows], .float32)
    let (x, out, p) = (
      pointer(to: Float.self), dx?.mutablePointer(to: Float.self), parts.mutablePointer(to: Float.self)
    )
    let label = labels?.pointer(to: Int32.self)
    let target = probabilities?.pointer(to: Float.self)
    let spreadBase = options.smoothing > 0 ? spread?.pointer(to: Float.self) : nil
    let weights = options.weights?.pointer(to: Float.self)
    let kernels = hebb_loss_table(hebb_isa()).pointee
    let inPiece = Swift.max(1, 8_192 / classes)
    shareWork((rows + inPiece - 1) / inPiece, elements: count) { piece in
      let first = piece * inPiece
      let at = first * classes
      var numbers = hebb_cross_entropy(
        rows: Swift.min(inPiece, rows - first), classes: classes, labels: label.map { $0 + first },
        probabilities: target.map { $0 + at }, base: spreadBase, weights: weights,
        base_all: options.weights == nil ? Float(base) : 0, sharp: Float(1 - options.smoothing), scale: Float(scale))
      kernels.cross_entropy(
        &numbers, x + at, p + first, p + rows + first, p + 2 * rows + first, out.map { $0 + at })
    }
    withExtendedLifetime(spread) {}
    let numbers = parts.elements(as: Float.self)
    return (0..<rows).map { row in
      let mass = Double(numbers[row])
      return mass * Mathematics.log(Double(numbers[rows + row])) + Double(numbers[2 * rows + row])
    }
  }

  private func plainLosses(
    _ options: CrossEntropy, _ labels: NDArray?, _ probabilities: NDArray?, _ scale: Double, _ dx: NDArray?
  ) -> [Double] {
    let classes = shape.innermost
    let weights = options.weights?.elements(as: Double.self) ?? Array(repeating: 1, count: classes)
    let (x, out) = (pointer(to: Double.self), dx?.mutablePointer(to: Double.self))
    return (0..<shape.removing(-1).count).map { row in
      let at = row * classes
      var target = weights.map { $0 * options.smoothing / Double(classes) }
      let label = labels.map { Int($0.element(row)) } ?? 0
      for c in 0..<classes {
        let share = probabilities?.element(at + c) ?? (c == label ? 1 : 0)
        target[c] = label < 0 ? 0 : target[c] + share * weights[c] * (1 - options.smoothing)
      }
      let mass = target.reduce(0, +)
      let top = (0..<classes).reduce(-Double.infinity) { Swift.max($0, x[at + $1]) }
      let powers = (0..<classes).map { Mathematics.exp(x[at + $0] - top) }
      let sum = powers.reduce(0, +)
      for c in 0..<classes { out?[at + c] = (mass * powers[c] / sum - target[c]) * scale }
      let logarithm = Mathematics.log(sum) + top
      return (0..<classes).reduce(0) { target[$1] == 0 ? $0 : $0 + target[$1] * (logarithm - x[at + $1]) }
    }
  }
}

extension CrossEntropy {
  /// The labels with −1 for ignored ones, and the sum of the others' class weights.
  fileprivate func read(_ labels: NDArray, classes: Int) -> (NDArray, Double) {
    var total = 0.0
    let source = labels.pointer(to: Int32.self)
    let known = NDArray(shape: labels.shape) { (out: UnsafeMutableBufferPointer<Int32>) in
      for i in out.indices {
        let label = Int(source[i])
        if label == ignoredLabel {
          out[i] = -1
          continue
        }
        require(
          label >= 0 && label < classes, "crossEntropy: the label \(label) of row \(i) is outside of \(classes) classes"
        )
        out[i] = source[i]
        total += weights?.element(label) ?? 1
      }
    }
    return (known, total)
  }
}
