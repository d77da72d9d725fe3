import HebbArrays
import HebbAutograd

/// Blocks of a transformer one above the other.
///
/// - Input: `[batch, time, features]`
/// - Output: the same
/// - Source: Vaswani et al. 2017, arXiv:1706.03762.
public struct TransformerEncoder: Layer {
  /// In the order in which they run.
  public let blocks: [TransformerBlock]

  public var members: Members { Members(blocks) }

  /// Blocks in the order in which they run, one or more.
  public init(_ blocks: [TransformerBlock]) {
    require(!blocks.isEmpty, "TransformerEncoder: there are no blocks")
    self.blocks = blocks
  }

  public func callAsFunction(_ x: Tensor) -> Tensor { self(x, mask: nil) }

  /// - Parameter mask: `[batch, time]`, 0 for steps that are not to be seen (padding).
  public func callAsFunction(_ x: Tensor, mask: NDArray?) -> Tensor { blocks.reduce(x) { $1($0, mask: mask) } }

  /// New steps behind those that the caches hold, one cache for each block; none before the first steps.
  public func step(_ x: Tensor, _ caches: inout [KeyValueCache?]) -> Tensor {
    if caches.isEmpty { caches = Array(repeating: nil, count: blocks.count) }
    var x = x
    for (index, block) in blocks.enumerated() { x = block.step(x, &caches[index]) }
    return x
  }

  public func trace(_ x: Traced, path: String, _ visit: (TracedLayer) -> Void) -> Traced {
    var x = x
    for (index, block) in blocks.enumerated() { x = block.trace(x, path: join(path, "\(index)"), visit) }
    return x
  }

  public var window: Window? { nil }

  public var description: String { "TransformerEncoder(\(blocks.count) blocks)" }
}
