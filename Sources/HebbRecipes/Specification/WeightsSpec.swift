import HebbArrays

/// Weights that another program has trained.
///
///     weights: {file: mnist-cnn.safetensors, layout: pytorch}
package struct WeightsSpec: Sendable {
  /// How the arrays lie in the file.
  package enum Layout: Sendable { case hebb, pytorch }

  /// The path as it is written, relative to the network file.
  package let file: String
  package let layout: Layout
  /// For each layer with parameters, in order, what the file calls it; empty where the order of the file is that of the
  /// layers.
  package let names: [String]
  package let node: SpecNode

  package init(_ node: SpecNode) throws(DataError) {
    self.node = node
    if case .text(let path) = node.value {
      (file, layout, names) = (path, .hebb, [])
      return
    }
    let settings = try node.settings(["file", "layout", "names"], of: "weights")
    file = try settings.required("file").text("a path")
    layout =
      try settings["layout"]?.choice([("hebb", Layout.hebb), ("pytorch", .pytorch)], of: "layout") ?? .hebb
    var names: [String] = []
    for name in settings["names"]?.list ?? [] { names.append(try name.text("a name")) }
    self.names = names
  }
}
