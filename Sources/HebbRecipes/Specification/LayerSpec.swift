import HebbArrays

/// A layer as text declares it: its kind, and its settings, which ``LayerKind`` reads when the network is built.
package struct LayerSpec: Sendable {
  package let kind: LayerKind
  package let argument: SpecNode
  package let node: SpecNode

  /// More layers than this are refused, repeated ones counted each time.
  package static let limit = 1000

  package static func list(_ node: SpecNode) throws(DataError) -> [LayerSpec] {
    var layers: [LayerSpec] = []
    for item in try node.items {
      guard let kind = LayerKind.all.first(where: { $0.name == item.name }) else {
        throw item.node.unknown(item.name, among: LayerKind.all.map(\.name), "layer")
      }
      layers.append(LayerSpec(kind: kind, argument: item.argument, node: item.node))
    }
    guard !layers.isEmpty else {
      throw node.failure("there are no layers", advice: "list some, such as network: [linear: classes]")
    }
    guard layers.count <= limit else {
      throw node.failure("\(layers.count) layers are more than \(limit)", advice: "declare a smaller network")
    }
    return layers
  }
}
