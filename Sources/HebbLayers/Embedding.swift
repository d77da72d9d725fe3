import HebbArrays
import HebbAutograd

/// A table with one learned row of features for each number: words, characters, positions.
///
///     y[…] = W[x[…]]
///
/// Vectors that were learnt elsewhere may fill it, and stay as they are where they are frozen:
///
///     let words = Embedding(vectors)
///     words.freeze()
///
/// - Input: whole numbers from 0 below `count`, of any shape, as int32 or as floats
/// - Output: the input's shape with an axis of `features` behind it
/// - Source: Bengio, Ducharme, Vincent and Jauvin 2003, "A neural probabilistic language model".
public struct Embedding: Layer {
  public let weight: Parameter  // W [count, features]
  /// The number that stands for nothing: its row gives zeros and learns nothing.
  public let padding: Int?

  public var members: Members { ["weight": weight] }

  /// A table that is drawn.
  ///
  /// - Parameters:
  ///   - count: how many numbers there are: 0 below `count`.
  ///   - features: how long each row is.
  ///   - padding: the number that stands for nothing, if there is one.
  ///   - initializer: how the rows are drawn.
  public init(
    _ count: Int, _ features: Int, padding: Int? = nil, initializer: Initializer = .normal(1),
    using random: inout Philox
  ) {
    require(count > 0 && features > 0, "Embedding(\(count), \(features)): sizes must be positive")
    self.init(initializer([count, features], fanIn: count, fanOut: features, using: &random), padding: padding)
  }

  /// A table of given vectors, `[count, features]`.
  public init(_ vectors: NDArray, padding: Int? = nil) {
    require(vectors.rank == 2, "Embedding: vectors \(vectors.shape), not [count, features]")
    require(
      padding.map { (0..<vectors.shape[0]).contains($0) } ?? true,
      "Embedding: the padding \(padding ?? 0) is not one of \(vectors.shape[0]) numbers")
    weight = Parameter(vectors)
    self.padding = padding
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    let numbers = x.value.wholeNumbers("\(self)")
    check(numbers)
    let rows = weight.tensor.gathered(rows: numbers)
    guard let padding else { return rows }
    let isWord = 1 - numbers.equal(to: Double(padding)).cast(to: rows.dtype)
    return rows * Tensor(isWord.expanded(at: -1))
  }

  private func check(_ numbers: NDArray) {
    let count = weight.shape[0]
    let place = numbers.read { (x: UnsafeBufferPointer<Int32>) in x.firstIndex { $0 < 0 || $0 >= count } }
    guard let place else { return }
    fatalError(
      "\(self): the number \(Int(numbers.element(place))), element \(place) of the input \(numbers.shape), "
        + "is not in 0..<\(count)")
  }

  public var description: String {
    "Embedding(\(weight.shape[0]) → \(weight.shape[1])\(padding.map { ", padding \($0)" } ?? ""))"
  }
}
