/// What the layers of one network may need together: a network file from a stranger must not take the machine down.
package final class BuildBudget {
  static let layerLimit = 2000
  package static let weightLimit = 1 << 28
  static let outputLimit = 1 << 26

  private var layers = layerLimit
  private var weights: Int

  /// - Parameter weights: how many weights the network may have.
  init(weights: Int = weightLimit) { self.weights = min(weights, BuildBudget.weightLimit) }

  /// Whether one more layer is allowed.
  func takesLayer() -> Bool {
    layers -= 1
    return layers >= 0
  }

  /// Whether this many more weights are allowed.
  func takesWeights(_ count: Int) -> Bool {
    guard count <= weights else { return false }
    weights -= count
    return true
  }

  /// The product of extents; the largest number where it is larger still. No extents have none.
  static func product(_ extents: [Int]) -> Int {
    guard !extents.isEmpty else { return 0 }
    var product = 1
    for extent in extents {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      if overflow { return .max }
      product = next
    }
    return product
  }
}
