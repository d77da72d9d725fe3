import HebbArrays
import HebbData

/// Los-loop: speeds in miles per hour at 207 sensors of Los Angeles' motorways, every five minutes from 1 to 7 March 2012,
/// a week of METR-LA with its gaps filled.
///
/// - Source: https://github.com/lehaifeng/T-GCN (speeds and graph), https://github.com/liyaguang/DCRNN (positions).
public enum LosLoop {
  /// Reads `los_speed.csv`, `los_adj.csv` and, where it is there, `graph_sensor_locations.csv` from a folder; they are laid
  /// out as in ``GraphFolder``.
  public static func read(_ folder: String) throws(DataError) -> GraphSeries {
    let names = GraphFolder.Names(
      values: "los_speed.csv", edges: "los_adj.csv", positions: "graph_sensor_locations.csv")
    return try GraphFolder.read(
      folder, names, name: "los-loop", stepsPerDay: 288,
      provenance: Provenance(licence: "none stated", source: "https://github.com/lehaifeng/T-GCN"))
  }
}

extension CatalogEntry {
  /// Speeds at the nodes of a graph, to forecast.
  public static let losLoop = CatalogEntry.corpus(
    "los-loop", "a week of speeds at 207 sensors of Los Angeles' motorways", licence: "none stated",
    source: "Zhao et al. 2019, https://github.com/lehaifeng/T-GCN", folders: ["los-loop", "traffic-metr-la-week"],
    files: ["los_speed.csv", "los_adj.csv"], recipe: "traffic", address: "https://github.com/lehaifeng/T-GCN")
}
