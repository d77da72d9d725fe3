import HebbArrays
import HebbAutograd

/// Another shape for each sample; one extent may be −1: whatever is left for it.
///
///     Reshape(7, 7, -1)
///
/// - Input: `[batch, …]`
/// - Output: `[batch, extents…]`
public struct Reshape: Layer {
  /// The shape of a sample, without the batch; −1 stands for what is left.
  public let extents: [Int]

  /// The shape of a sample, without the batch.
  public init(_ extents: Int...) { self.init(extents) }

  /// The shape of a sample, without the batch.
  public init(_ extents: [Int]) {
    require(
      extents.count(where: { $0 == -1 }) <= 1 && extents.allSatisfy { $0 >= -1 },
      "Reshape(\(extents)): only one extent may be −1, and none smaller")
    self.extents = extents
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    require(x.rank > 0, "\(self): the input \(x.shape) has no batch")
    let known = extents.reduce(1) { $1 == -1 ? $0 : $0 * $1 }
    let sample = x.shape.removing(0).count
    require(
      extents.contains(-1) ? known > 0 && sample % known == 0 : sample == known,
      "\(self): a sample of the input \(x.shape) does not fill the extents \(extents)")
    var target: Shape = [x.shape[0]]
    for extent in extents { target.append(extent == -1 ? sample / known : extent) }
    return x.reshaped(target)
  }

  public var window: Window? { nil }

  public var description: String { "Reshape(\(extents.map(String.init).joined(separator: ", ")))" }
}
