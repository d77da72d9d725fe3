import HebbArrays
import HebbData

/// Weekly cases of chickenpox in the 20 counties of Hungary from 2005 to 2015, each county's standardised; counties that
/// share a border are neighbours.
///
/// - Source: Rozemberczki et al. 2021, "Chickenpox cases in Hungary: a benchmark dataset for spatiotemporal signal
///   processing with graph neural networks", arXiv:2102.08100.
public enum Chickenpox {
  /// Reads a JSON object with `edges` (pairs of nodes), `node_ids` (the number of each name) and `FX` (for each step of
  /// time a number for each node; null where there is none).
  public static func read(_ path: String) throws(DataError) -> GraphSeries {
    let json = try JSON(parsing: Archive.unpacked(.file(path), limit: 1 << 28), file: path)
    func wrong(_ place: String, _ problem: String) -> DataError {
      DataError(path, at: place, problem, advice: "fetch it again from PyTorch Geometric Temporal")
    }
    guard let ids = json["node_ids"]?.members, !ids.isEmpty else { throw wrong("node_ids", "there are no nodes") }
    var names = [String?](repeating: nil, count: ids.count)
    for member in ids {
      guard let number = member.value.integer, names.indices.contains(number), names[number] == nil else {
        throw wrong("node_ids", "\(member.name) has no number of its own from 0 to \(ids.count - 1)")
      }
      names[number] = member.name
    }
    var edges: [(from: Int, to: Int)] = []
    for (index, edge) in (json["edges"]?.elements ?? []).enumerated() {
      guard let ends = edge.elements, ends.count == 2, let from = ends[0].integer, let to = ends[1].integer,
        names.indices.contains(from), names.indices.contains(to)
      else { throw wrong("edge \(index)", "it does not join two of \(ids.count) nodes") }
      edges.append((from, to))
    }
    guard let weeks = json["FX"]?.elements, !weeks.isEmpty else { throw wrong("FX", "there are no numbers") }
    var values: [Float] = []
    values.reserveCapacity(weeks.count * ids.count)
    for (index, week) in weeks.enumerated() {
      guard let numbers = week.elements, numbers.count == ids.count else {
        throw wrong("FX, step \(index)", "there are \(week.elements?.count ?? 0) numbers for \(ids.count) nodes")
      }
      for number in numbers {
        if number == .null {
          values.append(.nan)
        } else if let number = number.double, Float(number).isFinite {
          values.append(Float(number))
        } else {
          throw wrong("FX, step \(index)", "\(number.description.prefix(40)) is not a number")
        }
      }
    }
    return GraphSeries(
      name: "chickenpox", nodeNames: names.compactMap(\.self), graph: SparseMatrix(edges: edges, nodes: ids.count),
      values: NDArray(values, shape: [weeks.count, ids.count, 1]),
      provenance: Provenance(
        licence: "MIT", source: "https://github.com/benedekrozemberczki/pytorch_geometric_temporal"))
  }
}

extension CatalogEntry {
  /// A number of each week at the nodes of a graph, to forecast.
  public static let chickenpox = CatalogEntry.corpus(
    "chickenpox", "521 weeks of chickenpox in 20 counties of Hungary", licence: "MIT",
    source: "Rozemberczki et al. 2021, https://github.com/benedekrozemberczki/pytorch_geometric_temporal",
    folders: ["chickenpox", "traffic-graph-pygt"], files: ["chickenpox.json"], recipe: "traffic",
    address: "https://github.com/benedekrozemberczki/pytorch_geometric_temporal, dataset/chickenpox.json")
}
