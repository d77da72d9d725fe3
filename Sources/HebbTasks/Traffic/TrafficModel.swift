import Hebb
import HebbFiles

/// A forecaster of the nodes of a graph with all that a forecast needs: scales, what is usual, and the end of its series.
package struct TrafficModel: TaskModel {
  package static let task = "forecast"
  static let kinds = ["dcrnn", "tgcn"]

  let traffic: TrafficNetwork
  let kind: String
  let graph: SparseMatrix
  /// The mean of every node `[nodes]` and the spread of all `[1]`.
  let means: Parameter, spread: Parameter
  /// What is usual at each time of the day, standardised `[day, nodes]`; nil where there are no days.
  let usual: Parameter?
  /// The last values of the series that was learned `[steps, nodes]`, and the time of the day of the first of them.
  let history: Parameter
  let clock: Int
  package let nodeNames: [String]
  /// Whether it learned speeds, which are 0 or more; files from before this was kept do not say so.
  package let areSpeeds: Bool

  package var network: any Module { Parts(model: self) }
  package var settings: [JSON.Member] {
    [.init("kind", .string(kind)), .init("clock", .integer(clock)), .init("speeds", .bool(areSpeeds))]
  }
  package var notes: [String: String] { ["nodes": nodeNames.joined(separator: "\n"), "edges": edgeText] }
  package var window: Int { traffic.linear.weight.shape[0] }
  package var horizon: Int { traffic.linear.weight.shape[1] }

  /// The parts by name.
  private struct Parts: Module {
    let model: TrafficModel
    var members: Members {
      [
        "traffic": model.traffic, "means": model.means, "spread": model.spread, "usual": model.usual,
        "history": model.history,
      ]
    }
  }

  init(_ data: TrafficData, _ plan: TaskPlan, using random: inout Philox) throws(DataError) {
    let (series, nodes) = (data.series, data.series.nodes)
    let isSmall = data.isChickenpox
    (kind, nodeNames, graph, areSpeeds) = (plan.kind, series.nodeNames, series.graph, series.areSpeeds)
    let size = try plan.integer("embedding", 0...256) ?? (isSmall ? 0 : 8)
    let sizes = TrafficNetwork.Sizes(
      window: data.window, horizon: data.horizon, features: data.features.shape[2] + size,
      units: try plan.integer("units", 1...1_024) ?? (isSmall ? 16 : 32),
      layers: try plan.integer("layers", 1...8) ?? 1,
      walk: try plan.integer("walk", 1...10) ?? (isSmall ? 1 : 2))
    let dropout = Double(try plan.integer("dropout", 0...90) ?? 0) / 100
    traffic = TrafficNetwork(plan.kind, sizes, on: graph, embedding: size, dropout: dropout, using: &random)
    traffic.begin(as: data.likeness)
    means = Parameter(NDArray(data.scale.means), role: .buffer)
    spread = Parameter(NDArray([data.scale.spread]), role: .buffer)
    usual = data.usual.map { Parameter($0.table, role: .buffer) }
    let kept = min(series.count, max(data.window, 60))
    history = Parameter(
      NDArray(Array(data.filled.suffix(kept * nodes)), shape: [kept, nodes]), role: .buffer)
    clock = series.stepsPerDay.map { (series.count - kept) % $0 } ?? 0
  }

  package init(_ file: TaskFile) throws(DataError) {
    let means = try file.shape("means", rank: 1)
    let nodes = means[0]
    nodeNames = try file.note("nodes").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard nodeNames.count == nodes else {
      throw file.damaged("\(nodeNames.count) names do not fit \(nodes) nodes")
    }
    kind = try file.string("kind")
    guard TrafficModel.kinds.contains(kind) else { throw file.damaged("there is no kind \(kind)") }
    areSpeeds = try file.setting("speeds") == nil ? false : file.flag("speeds")
    graph = try TrafficModel.graph(try file.note("edges"), nodes: nodes, file)
    let history = try file.shape("history", rank: 2)
    let day = file.holds("usual") ? try file.shape("usual", rank: 2) : nil
    clock = try file.integer("clock", 0...max(0, (day?[0] ?? 1) - 1))
    let embedding = file.holds("traffic.embedding") ? try file.shape("traffic.embedding", rank: 2) : nil
    guard day?[1] ?? nodes == nodes, embedding?[0] ?? nodes == nodes, history[1] == nodes else {
      throw file.damaged("its tensors are not all of \(nodes) nodes")
    }
    let size = embedding?[1] ?? 0
    let sizes = try TrafficNetwork.Sizes(
      file, kind: kind, features: TrafficFeatures.count(hasDays: day != nil) + size)
    guard history[0] >= sizes.window else { throw file.damaged("its history is shorter than a window") }
    var random = Philox(seed: 0)
    traffic = TrafficNetwork(kind, sizes, on: graph, embedding: size, dropout: 0, using: &random)
    self.means = Parameter(.zeros(means), role: .buffer)
    spread = Parameter(.ones([1]), role: .buffer)
    usual = day.map { Parameter(.zeros($0), role: .buffer) }
    self.history = Parameter(.zeros(history), role: .buffer)
  }

  /// Whether a file of a forecaster is of this sort.
  package static func holds(_ file: TaskFile) -> Bool { file.setting("kind")?.string.map(kinds.contains) ?? false }

  // MARK: - Edges as text

  /// A line for each edge: from, to and weight.
  private var edgeText: String { graph.entries.map { "\($0.row) \($0.column) \($0.value)" }.joined(separator: "\n") }

  private static func graph(_ text: String, nodes: Int, _ file: TaskFile) throws(DataError) -> SparseMatrix {
    var entries: [(row: Int, column: Int, value: Float)] = []
    for line in text.split(separator: "\n") {
      let cells = line.split(separator: " ")
      guard cells.count == 3, let row = Int(cells[0]), let column = Int(cells[1]), let value = Float(cells[2]),
        (0..<nodes).contains(row), (0..<nodes).contains(column), value.isFinite, value >= 0
      else { throw file.damaged("“\(line.prefix(40))” is no edge between \(nodes) nodes") }
      entries.append((row, column, value))
    }
    return SparseMatrix(rowCount: nodes, columnCount: nodes, entries: entries)
  }
}
