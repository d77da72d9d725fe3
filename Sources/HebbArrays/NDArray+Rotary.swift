extension NDArray {
  /// Turns pairs of neighbouring features by angles that grow with time.
  ///
  ///     (a, b)ᵗⁱ → (a cos φ − b sin φ, a sin φ + b cos φ)          φ = ± t · base^(−2i / size)
  ///
  /// - Parameters:
  ///   - size: the features of a head, an even number; i counts the pairs within each head.
  ///   - features: how many of the first features are turned; the others stay as they are.
  ///   - first: the time of the first step.
  ///   - backwards: whether the angles are negative.
  /// - Shape: `[batch, time, …]` → the same.
  package func rotated(size: Int, features: Int, from first: Int, base: Double, backwards: Bool) -> NDArray {
    require(
      rank == 3 && size % 2 == 0 && features % size == 0 && features <= shape[2],
      "rotary positions turn pairs: heads of \(size) features, \(features) of them, for the shape \(shape)")
    return switch dtype {
    case .float32: turned(Float.self, size, features, first, base, backwards) { Float($0) }
    case .float64: turned(Double.self, size, features, first, base, backwards) { $0 }
    case .int32, .uint8: fatalError("rotary positions turn floating-point arrays, not \(dtype)")
    }
  }

  private func turned<T: Scalar & BinaryFloatingPoint>(
    _: T.Type, _ size: Int, _ features: Int, _ first: Int, _ base: Double, _ backwards: Bool, _ rounded: (Double) -> T
  ) -> NDArray {
    let (time, width, pairs) = (shape[1], shape[2], size / 2)
    let logarithm = Mathematics.log(base)
    let rates = (0..<pairs).map { Mathematics.exp(-2 * Double($0) / Double(size) * logarithm) }
    var table: [(cosine: T, sine: T)] = []
    for t in 0..<time {
      for rate in rates {
        let angle = Double(first + t) * rate * (backwards ? -1 : 1)
        table.append((rounded(Mathematics.cos(angle)), rounded(Mathematics.sin(angle))))
      }
    }
    return NDArray(shape: shape) { (y: UnsafeMutableBufferPointer<T>) in
      read { (x: UnsafeBufferPointer<T>) in
        table.withUnsafeBufferPointer { table in
          for row in 0..<count / Swift.max(1, width) {
            let (start, angles) = (row * width, row % time * pairs)
            for head in 0..<features / size {
              for pair in 0..<pairs {
                let place = start + head * size + 2 * pair
                let (cosine, sine) = table[angles + pair]
                let (a, b) = (x[place], x[place + 1])
                y[place] = a * cosine - b * sine
                y[place + 1] = a * sine + b * cosine
              }
            }
            for place in start + features..<start + width { y[place] = x[place] }
          }
        }
      }
    }
  }
}
