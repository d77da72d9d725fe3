import CHebbKernels

// Random arrays. Element i of a draw is a function of the generator's seed, stream and position and of i alone. Float64
// arrays hold the float32 draws, widened. A draw moves the generator on by sixteen blocks for every 64 elements begun.

extension NDArray {
  /// Numbers spread evenly over a range, in steps of 2⁻²⁴ of its width.
  public static func uniform(
    _ shape: Shape, in range: ClosedRange<Double> = 0...1, dtype: DType = .float32, using random: inout Philox
  ) -> NDArray {
    let low = Float(range.lowerBound)
    let span = Float(range.upperBound - range.lowerBound)
    return drawn(shape, dtype, using: &random) { generator, index, y, count in
      hebb_random_kernels().pointee.uniform(generator.seed, generator.stream, index, low, span, y, count)
    }
  }

  /// Numbers of a normal distribution.
  ///
  /// - Source: Box and Muller 1958, doi:10.1214/aoms/1177706645.
  public static func normal(
    _ shape: Shape, mean: Double = 0, standardDeviation: Double = 1, dtype: DType = .float32,
    using random: inout Philox
  ) -> NDArray {
    drawn(shape, dtype, using: &random) { generator, index, y, count in
      hebb_random_kernels().pointee.normal(
        generator.seed, generator.stream, index, Float(mean), Float(standardDeviation), y, count)
    }
  }

  /// Numbers of a normal distribution that is cut off two standard deviations from its mean. (What is left has a
  /// standard deviation of 0.88 of that of the whole.)
  public static func truncatedNormal(
    _ shape: Shape, mean: Double = 0, standardDeviation: Double = 1, dtype: DType = .float32,
    using random: inout Philox
  ) -> NDArray {
    drawn(shape, dtype, using: &random) { generator, index, y, count in
      hebb_random_kernels().pointee.truncated_normal(
        generator.seed, generator.stream, index, Float(mean), Float(standardDeviation), y, count)
    }
  }

  /// 1 with a probability, else 0. The probability is rounded to a multiple of 2⁻²⁴.
  public static func bernoulli(
    _ shape: Shape, probability: Double, dtype: DType = .float32, using random: inout Philox
  ) -> NDArray {
    require(probability >= 0 && probability <= 1, "\(probability) is not a probability")
    let threshold = Int32((probability * 0x1p24).rounded())
    return drawn(shape, dtype, using: &random) { generator, index, y, count in
      hebb_random_kernels().pointee.bernoulli(generator.seed, generator.stream, index, threshold, y, count)
    }
  }

  /// The numbers below `count` in random order, as int32.
  ///
  /// - Source: Fisher and Yates 1938; Durstenfeld 1964, doi:10.1145/364520.364540.
  public static func permutation(_ count: Int, using random: inout Philox) -> NDArray {
    NDArray(shape: [count]) { (order: UnsafeMutableBufferPointer<Int32>) in
      for i in 0..<count { order[i] = Int32(i) }
      for i in stride(from: count - 1, to: 0, by: -1) {
        order.swapAt(i, Int(random.next().multipliedFullWidth(by: UInt64(i + 1)).high))
      }
    }
  }

  private static func drawn(
    _ shape: Shape, _ dtype: DType, using random: inout Philox,
    _ fill: (_ generator: Philox, _ index: UInt64, UnsafeMutablePointer<Float>, Int) -> Void
  ) -> NDArray {
    let result = NDArray(uninitialized: shape, .float32)
    let y = result.mutablePointer(to: Float.self)
    let generator = random
    ThreadPool.shared.elements(shape.count) { range in
      fill(generator, generator.position &+ UInt64(range.lowerBound / 4), y + range.lowerBound, range.count)
    }
    random.advance(by: UInt64((shape.count + 63) / 64 * 16))
    return result.cast(to: dtype)
  }
}
