import HebbArrays

/// The discrete Fourier transform of real signals whose length is a power of two, in double precision and with the same bits on
/// every machine.
///
///     X[k] = Σ x[n] e^(−2πi·kn / N),  k = 0 … N/2
///
/// The signal's even and odd samples are taken for the real and imaginary parts of a signal of half the length; its transform goes
/// by halves (decimation in time), and is then taken apart.
///
/// - Source: Cooley and Tukey 1965, doi:10.1090/S0025-5718-1965-0178586-1.
public struct FourierTransform: Sendable {
  /// N.
  public let count: Int
  /// e^(−2πi·k / N) for k below N/2.
  private let cosines: [Double], sines: [Double]
  /// The places of a signal of N/2 numbers in the order that the halves are joined from.
  private let order: [Int]

  /// - Precondition: `count` is a power of two, 4 or more.
  public init(_ count: Int) {
    require(count >= 4 && count & (count - 1) == 0, "FourierTransform(\(count)): not a power of two, 4 or more")
    self.count = count
    let half = count / 2
    let angles = (0..<half).map { -2 * Double.pi * Double($0) / Double(count) }
    cosines = angles.map(Mathematics.cos)
    sines = angles.map(Mathematics.sin)
    let bits = half.trailingZeroBitCount
    order = (0..<half).map { place in
      (0..<bits).reduce(0) { $0 << 1 | (place >> $1) & 1 }
    }
  }

  /// |X[k]|² for k = 0 … N/2.
  ///
  /// - Parameter signal: N numbers.
  public func powers(_ signal: [Double]) -> [Double] {
    require(signal.count == count, "FourierTransform(\(count)): \(signal.count) numbers")
    let half = count / 2
    var real = order.map { signal[2 * $0] }
    var imaginary = order.map { signal[2 * $0 + 1] }
    real.withUnsafeMutableBufferPointer { re in
      imaginary.withUnsafeMutableBufferPointer { im in join(re, im) }
    }
    var powers = [Double](repeating: 0, count: half + 1)
    powers[0] = square(real[0] + imaginary[0])
    powers[half] = square(real[0] - imaginary[0])
    for k in 1..<half {
      // E and O, the transforms of the even and the odd samples: X = E + e^(−2πi·k/N) O.
      let (a, b, c, d) = (real[k], imaginary[k], real[half - k], imaginary[half - k])
      let (evenReal, evenImaginary) = ((a + c) / 2, (b - d) / 2)
      let (oddReal, oddImaginary) = ((b + d) / 2, (c - a) / 2)
      powers[k] =
        square(evenReal + cosines[k] * oddReal - sines[k] * oddImaginary)
        + square(evenImaginary + cosines[k] * oddImaginary + sines[k] * oddReal)
    }
    return powers
  }

  /// Joins transforms of 1, 2, 4, … numbers, two by two.
  private func join(_ re: UnsafeMutableBufferPointer<Double>, _ im: UnsafeMutableBufferPointer<Double>) {
    var length = 1
    while length < re.count {
      let stride = re.count / length
      for start in Swift.stride(from: 0, to: re.count, by: 2 * length) {
        for k in 0..<length {
          let (low, high) = (start + k, start + k + length)
          let (c, s) = (cosines[k * stride], sines[k * stride])
          let (x, y) = (re[high] * c - im[high] * s, re[high] * s + im[high] * c)
          (re[high], im[high]) = (re[low] - x, im[low] - y)
          (re[low], im[low]) = (re[low] + x, im[low] + y)
        }
      }
      length *= 2
    }
  }

  private func square(_ x: Double) -> Double { x * x }
}
