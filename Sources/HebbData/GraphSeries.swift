import HebbArrays

/// Measurements at the nodes of a graph over time: speeds at the sensors of a city's roads, cases in the counties of a
/// country.
public struct GraphSeries: Sendable {
  /// What messages call it.
  public let name: String
  /// What the nodes are called.
  public let nodeNames: [String]
  /// Where they lie, in degrees, if that is known.
  public let positions: [Position]?
  /// The weights of the edges.
  public let graph: SparseMatrix
  /// float32 `[time, nodes, features]`; NaN where nothing was measured.
  public let values: NDArray
  /// How many steps of time make a day, if they are shorter than one.
  public let stepsPerDay: Int?
  /// Whether the values are speeds: 0 or more.
  public let areSpeeds: Bool
  /// What to know of how it was read, in a line each.
  public let notes: [String]
  /// Under which terms the data may be used, and where they come from.
  public let provenance: Provenance?

  /// A place on Earth, in degrees.
  public struct Position: Sendable, Hashable {
    /// Degrees north, and degrees east.
    public let latitude: Double, longitude: Double

    /// Degrees north and degrees east.
    public init(latitude: Double, longitude: Double) { (self.latitude, self.longitude) = (latitude, longitude) }
  }

  /// Values over time at the nodes of a graph.
  ///
  /// - Parameters:
  ///   - name: what messages call it.
  ///   - nodeNames: one for each node.
  ///   - positions: one for each node, where known.
  ///   - graph: the neighbours, `[nodes, nodes]`.
  ///   - values: float32 `[steps, nodes, features]`; NaN where one is missing.
  ///   - stepsPerDay: nil for steps of a day or longer.
  ///   - areSpeeds: whether no value is below 0.
  ///   - notes: what to know of how it was read.
  ///   - provenance: licence and source.
  public init(
    name: String, nodeNames: [String], positions: [Position]? = nil, graph: SparseMatrix, values: NDArray,
    stepsPerDay: Int? = nil, areSpeeds: Bool = false, notes: [String] = [], provenance: Provenance? = nil
  ) {
    let nodes = nodeNames.count
    require(
      graph.rowCount == nodes && graph.columnCount == nodes && positions?.count ?? nodes == nodes
        && values.rank == 3 && values.shape[1] == nodes && values.dtype == .float32,
      "\(name): \(nodes) names, \(positions?.count ?? nodes) positions, \(graph) and values of shape \(values.shape)")
    require(stepsPerDay ?? 1 > 0, "\(name): \(stepsPerDay ?? 0) steps a day")
    (self.name, self.nodeNames, self.positions, self.graph) = (name, nodeNames, positions, graph)
    (self.values, self.stepsPerDay, self.provenance) = (values, stepsPerDay, provenance)
    (self.areSpeeds, self.notes) = (areSpeeds, notes)
  }

  /// How many steps of time there are.
  public var count: Int { values.shape[0] }
  /// How many nodes there are.
  public var nodes: Int { nodeNames.count }
  /// How many numbers are measured at each node in each step.
  public var features: Int { values.shape[2] }

  /// Some steps of time.
  public subscript(_ times: Range<Int>) -> GraphSeries {
    require(times.lowerBound >= 0 && times.upperBound <= count, "\(name): the steps \(times) of \(count)")
    return with(values[times])
  }

  /// The same nodes with other values.
  public func with(_ values: NDArray) -> GraphSeries {
    GraphSeries(
      name: name, nodeNames: nodeNames, positions: positions, graph: graph, values: values, stepsPerDay: stepsPerDay,
      areSpeeds: areSpeeds, notes: notes, provenance: provenance)
  }

  /// One feature more: how much of the day has passed, from 0 to 1, if the first step is at midnight.
  public func addingTimeOfDay() -> GraphSeries {
    guard let day = stepsPerDay else { return self }
    let (nodes, features) = (nodes, features)
    let whole = values.read { (x: UnsafeBufferPointer<Float>) in
      NDArray(shape: [count, nodes, features + 1]) { (y: UnsafeMutableBufferPointer<Float>) in
        for place in 0..<count * nodes {
          for f in 0..<features { y[place * (features + 1) + f] = x[place * features + f] }
          y[place * (features + 1) + features] = Float(place / nodes % day) / Float(day)
        }
      }
    }
    return with(whole)
  }

  /// Samples for forecasts, one for each step of time that has enough before and behind it.
  ///
  /// - Parameters:
  ///   - history: the steps that are read: inputs `[samples, history, nodes, features]`.
  ///   - horizon: the steps that are forecast: targets `[samples, horizon, nodes, 1]`, the first feature.
  ///   - targets: what is forecast, if it is another series of the same times.
  public func windows(history: Int, horizon: Int, targets: GraphSeries? = nil) -> ArrayDataset {
    let source = targets ?? self
    require(
      history > 0 && horizon > 0 && count >= history + horizon && source.count == count && source.nodes == nodes,
      "\(name): windows of \(history) and \(horizon) steps from \(count)")
    let samples = count - history - horizon + 1
    let starts = (0..<samples).map { Int32($0) }
    func rows(_ length: Int, from offset: Int) -> NDArray {
      NDArray(starts.flatMap { start in (0..<length).map { start + Int32(offset + $0) } }, shape: [samples, length])
    }
    let first = source.values.sliced(axis: 2, from: 0, to: 1)
    return ArrayDataset(
      name: name, inputs: values.gathered(rows: rows(history, from: 0)),
      targets: first.gathered(rows: rows(horizon, from: history)), provenance: provenance)
  }
}
