/// What the features of nodes become on a graph: themselves, and what walks of 1 … K steps bring from other nodes.
///
///     T₀ = x        T₁ = P x        Tₖ = 2 P Tₖ₋₁ − Tₖ₋₂        for every walk P
///
/// The recursion is that of Chebyshev's polynomials, as in the program of DCRNN's authors: Tₖ and the powers Pᵏ of their
/// paper are sums of each other, so that weights can make of them the same.
///
/// - Source: Li, Yu, Shahabi and Liu 2018, "Diffusion convolutional recurrent neural network", arXiv:1707.01926.
public struct SparseDiffusion: Sendable {
  /// The matrices P, each `[nodes, nodes]`.
  public let walks: [SparseMatrix]
  /// K, the longest walk.
  public let steps: Int
  /// Whether a node's own features, T₀, are among the terms.
  public let includesSelf: Bool

  /// The terms of walks over one graph.
  ///
  /// - Parameters:
  ///   - walks: square matrices P of the same size, one or more.
  ///   - steps: K, 1 or more.
  ///   - includesSelf: whether T₀ is among the terms.
  public init(_ walks: [SparseMatrix], steps: Int, includesSelf: Bool = true) {
    let nodes = walks.first?.rowCount ?? 0
    require(
      !walks.isEmpty && steps > 0 && walks.allSatisfy { $0.rowCount == nodes && $0.columnCount == nodes },
      "SparseDiffusion: \(steps) steps of the walks \(walks)")
    (self.walks, self.steps, self.includesSelf) = (walks, steps, includesSelf)
  }

  /// How many nodes the graph has.
  public var nodes: Int { walks[0].rowCount }
  /// How many terms there are.
  public var terms: Int { walks.count * steps + (includesSelf ? 1 : 0) }

  /// The same walks along turned edges: the way of gradients.
  var transposed: SparseDiffusion {
    SparseDiffusion(walks.map(\.transposed), steps: steps, includesSelf: includesSelf)
  }

  /// The blocks that ``spread(_:row:block:width:)`` works on: T₀ is always there.
  var blocks: Int { walks.count * steps + 1 }

  /// The place of the first block that counts.
  func firstTerm(block: Int) -> Int { includesSelf ? 0 : block }

  /// Fills blocks of columns of a matrix, `block` floats apart, from the first of them, T₀.
  ///
  /// - Parameters:
  ///   - row: floats from node to node.
  ///   - width: the features of each block that are meant.
  func spread(_ x: UnsafeMutablePointer<Float>, row: Int, block: Int, width: Int) {
    var place = 1
    for walk in walks {
      for step in 1...steps {
        let from = step == 1 ? x : x + (place - 1) * block
        let before = step == 1 ? nil : step == 2 ? UnsafePointer(x) : UnsafePointer(x + (place - 2) * block)
        walk.spread(
          from, row: row, minus: before.map { ($0, row) }, into: x + place * block, row: row, width: width,
          rows: 0..<nodes)
        place += 1
      }
    }
  }
}
