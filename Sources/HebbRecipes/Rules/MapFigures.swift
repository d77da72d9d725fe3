import Hebb
import HebbPlots

/// What a self-organising map looks like.
package enum MapFigures {
  /// The U-matrix, the planes of its features, or the pictures that its units stand for.
  package static func figures(_ map: SelfOrganizingMap, _ form: RuleForm) -> [(name: String, figure: Figure)] {
    var figures = [("u-matrix", heatMap("distance to the neighbours", map.distanceMap(.mean)))]
    let units = map.weights.reshaped([map.grid.count, map.features])
    if let pictures = form.pictures(units) {
      figures.append(("units", .contactSheet("what each unit stands for", images: pictures, columns: map.grid.columns)))
    } else {
      let planes: [any Panel] = (0..<min(map.features, 4)).map { feature in
        HeatMap("feature \(feature)", values: rows(map.componentPlane(feature)))
      }
      figures.append(("planes", Figure(panels: planes)))
    }
    return figures
  }

  /// How often each unit wins, and which class wins there most often.
  package static func figures(
    _ map: SelfOrganizingMap, of x: NDArray, labels: [Int], classNames: [String]
  ) throws(RuleError) -> [(name: String, figure: Figure)] {
    let counts = try map.labelsMap(x, labels: labels)
    var values = [[Double]](repeating: [Double](repeating: .nan, count: map.grid.columns), count: map.grid.rows)
    var texts = [[String]](repeating: [String](repeating: "", count: map.grid.columns), count: map.grid.rows)
    for (unit, found) in counts {
      let label = commonest(found)
      let (row, column) = (unit / map.grid.columns, unit % map.grid.columns)
      values[row][column] = Double(label)
      texts[row][column] = classNames.indices.contains(label) ? classNames[label] : String(label)
    }
    let side = Double(max(map.grid.rows, map.grid.columns)) * 34 + 60
    let labelled = Figure(
      "the commonest class of each unit", width: side + 60, height: side,
      panels: [HeatMap(values: values, texts: texts, range: 0...Double(max(classNames.count - 1, 1)))])
    return [("hits", heatMap("samples won", try map.activationResponse(x))), ("labels", labelled)]
  }

  /// The class of each unit, the commonest of the samples that it wins.
  package static func classes(
    _ map: SelfOrganizingMap, _ x: NDArray, labels: [Int]
  ) throws(RuleError) -> [Int: Int] { try map.labelsMap(x, labels: labels).mapValues(commonest) }

  private static func commonest(_ counts: [Int: Int]) -> Int {
    counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
  }

  private static func heatMap(_ title: String, _ values: NDArray) -> Figure {
    Figure(width: 520, height: 460, panels: [HeatMap(title, values: rows(values))])
  }

  private static func rows(_ values: NDArray) -> [[Double]] {
    (0..<values.shape[0]).map { values.row($0).elements(as: Float.self).map(Double.init) }
  }
}
