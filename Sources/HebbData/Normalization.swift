import HebbArrays

/// Shifts and scales inputs when a batch is made.
///
///     y = (x − mean) / deviation
///
/// `mean` and `deviation` hold one number for everything, one for each channel (the innermost axis; for a table, each
/// feature), or one for each element of a sample: element `i` of a sample uses number `i mod mean.count`.
public struct Normalization: Sendable, Hashable {
  /// What is subtracted.
  public let mean: [Float]
  /// What is divided by.
  public let deviation: [Float]

  /// As many means as deviations, 1 or more; deviations are positive.
  public init(mean: [Float], deviation: [Float]) {
    require(
      mean.count == deviation.count && !mean.isEmpty,
      "\(mean.count) means and \(deviation.count) deviations do not make a normalisation")
    require(deviation.allSatisfy { $0 > 0 && $0.isFinite }, "a deviation is not a positive number: \(deviation)")
    self.mean = mean
    self.deviation = deviation
  }

  /// Leaves numbers as they are.
  public static let identity = Normalization(mean: [0], deviation: [1])
  /// Bytes to 0…1.
  public static let bytes = Normalization(mean: [0], deviation: [255])

  /// Means and deviations of a training set, each channel (innermost axis) by itself: afterwards its mean is 0 and its
  /// variance 1. A channel that never changes keeps its scale.
  public init(fitting inputs: NDArray) { self.init(fitting: inputs, numbers: inputs.shape.innermost) }

  /// Means and deviations of each element of a sample by itself: of each pixel.
  public init(fittingElementsOf inputs: NDArray) {
    require(inputs.rank > 0 && inputs.shape[0] > 0, "there is nothing to fit in inputs of shape \(inputs.shape)")
    self.init(fitting: inputs, numbers: inputs.count / inputs.shape[0])
  }

  private init(fitting inputs: NDArray, numbers: Int) {
    require(inputs.rank > 0 && inputs.count > 0, "there is nothing to fit in inputs of shape \(inputs.shape)")
    let rows = Double(inputs.count / numbers)
    let mean = inputs.sums(folded: numbers) { x, _ in x }.map { $0 / rows }
    let variance = inputs.sums(folded: numbers) { x, i in (x - mean[i]) * (x - mean[i]) }.map { $0 / rows }
    self.init(mean: mean.map { Float($0) }, deviation: variance.map { $0 > 0 ? Float($0.squareRoot()) : 1 })
  }

  /// Inputs as normalised `float32`.
  public func normalized(_ inputs: NDArray) -> NDArray {
    require(
      inputs.count % mean.count == 0,
      "a normalisation of \(mean.count) numbers does not fit inputs of shape \(inputs.shape)")
    switch inputs.dtype {
    case .uint8: return normalizedBytes(inputs)
    case .float32: return self == .identity ? inputs : normalizedFloats(inputs)
    case .int32, .float64: return normalizedFloats(inputs.cast(to: .float32))
    }
  }

  private func normalizedFloats(_ inputs: NDArray) -> NDArray {
    inputs.read { (x: UnsafeBufferPointer<Float>) in
      NDArray(shape: inputs.shape) { (y: UnsafeMutableBufferPointer<Float>) in
        forEachRun(in: x.count) { i, mean, deviation in y[i] = (x[i] - mean) / deviation }
      }
    }
  }

  /// A byte has 256 values: with few channels each is computed once.
  private func normalizedBytes(_ inputs: NDArray) -> NDArray {
    let channels = mean.count
    let tabled = channels <= 4
    var table = [Float](repeating: 0, count: tabled ? 256 * channels : 0)
    for i in table.indices { table[i] = (Float(i & 255) - mean[i >> 8]) / deviation[i >> 8] }
    return inputs.read { (x: UnsafeBufferPointer<UInt8>) in
      NDArray(shape: inputs.shape) { (y: UnsafeMutableBufferPointer<Float>) in
        guard tabled else {
          forEachRun(in: x.count) { i, mean, deviation in y[i] = (Float(x[i]) - mean) / deviation }
          return
        }
        for channel in 0..<channels {
          table.withUnsafeBufferPointer { table in
            for i in stride(from: channel, to: x.count, by: channels) { y[i] = table[channel << 8 | Int(x[i])] }
          }
        }
      }
    }
  }

  @inline(__always)
  private func forEachRun(in count: Int, _ body: (Int, Float, Float) -> Void) {
    let numbers = mean.count
    for start in stride(from: 0, to: count, by: numbers) {
      for j in 0..<numbers { body(start + j, mean[j], deviation[j]) }
    }
  }
}

extension Normalization {
  /// The numbers by name, as they are kept in a model's file.
  public var numbers: [String: [Double]] { ["mean": mean.map(Double.init), "deviation": deviation.map(Double.init)] }

  /// What ``numbers`` gave; `nil` where these are not the numbers of a normalisation.
  public init?(numbers: [String: [Double]]) {
    guard let mean = numbers["mean"]?.map({ Float($0) }), let deviation = numbers["deviation"]?.map({ Float($0) }),
      !mean.isEmpty, mean.count == deviation.count, mean.allSatisfy(\.isFinite),
      deviation.allSatisfy({ $0.isFinite && $0 > 0 })
    else { return nil }
    self.init(mean: mean, deviation: deviation)
  }
}

extension NDArray {
  /// Sums of a function of all elements whose position is the same modulo `numbers`, in blocks of 4,096 rows.
  fileprivate func sums(folded numbers: Int, _ term: (Double, Int) -> Double) -> [Double] {
    switch dtype {
    case .float32: sums(Float.self, folded: numbers, term)
    case .float64: sums(Double.self, folded: numbers, term)
    case .int32: sums(Int32.self, folded: numbers, term)
    case .uint8: sums(UInt8.self, folded: numbers, term)
    }
  }

  private func sums<T: Scalar>(_: T.Type, folded numbers: Int, _ term: (Double, Int) -> Double) -> [Double] {
    var total = [Double](repeating: 0, count: numbers)
    let block = 4096 * numbers
    read { (x: UnsafeBufferPointer<T>) in
      for start in stride(from: 0, to: x.count, by: block) {
        var part = [Double](repeating: 0, count: numbers)
        for row in stride(from: start, to: Swift.min(start + block, x.count), by: numbers) {
          for j in 0..<numbers { part[j] += term(x[row + j].double, j) }
        }
        for j in 0..<numbers { total[j] += part[j] }
      }
    }
    return total
  }
}
