import HebbAutograd
import HebbLayers
import HebbPlots

/// The layers of a network and their weights. Where a network reads sequences, the shapes of what goes through it depend on
/// them: those of the weights stand for themselves.
struct PartsTable {
  let text: String

  init(of network: any Module) {
    let rows = PartsTable.rows(network, path: "")
    let total = NumberFormat.grouped(network.parameterCount)
    text =
      TextTable(["path", "layer", "weights", "parameters"], rows: rows, footer: ["", "total", "", total])
      .description
  }

  /// A row for each layer that holds weights and no other layers, in order.
  private static func rows(_ module: any Module, path: String) -> [[String]] {
    let parts = module.members.list
    let own = parts.compactMap { part in (part.member as? Parameter).map { (part.name, $0) } }
    var rows: [[String]] = []
    if !own.isEmpty {
      let shapes = own.map { "\($0.0) \($0.1.shape)" + ($0.1.role == .buffer ? " kept" : "") }
      let count = own.filter { $0.1.role != .buffer }.reduce(0) { $0 + $1.1.shape.count }
      // The whole has no name: what it holds besides its layers is of the task.
      rows.append([
        path, path.isEmpty ? "" : name(of: module), shapes.joined(separator: ", "), NumberFormat.grouped(count),
      ])
    }
    for part in parts {
      guard let inner = part.member as? any Module else { continue }
      rows += PartsTable.rows(inner, path: path.isEmpty ? part.name : "\(path).\(part.name)")
    }
    return rows
  }

  /// What a layer calls itself, in short where that would tell of all its parts.
  private static func name(of module: any Module) -> String {
    let short = "\(type(of: module))"
    guard let full = (module as? any CustomStringConvertible)?.description, full.count <= 40 else { return short }
    return full
  }
}
