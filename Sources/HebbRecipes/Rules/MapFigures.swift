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
        HeatMap("feature \(feature)", values: rows(of: map.componentPlane(feature)))
      }
      figures.append(("planes", Figure(panels: planes)))
    }
    return figures
  }

  /// How often each unit wins, and its class: named where it wins samples, and only coloured, as the unit with the nearest
  /// weights that does, where it wins none. Samples of one class have no such picture.
  package static func figures(
    _ map: SelfOrganizingMap, of x: NDArray, labels: [Int], classNames: [String]
  ) throws(RuleError) -> [(name: String, figure: Figure)] {
    let hits = try map.activationResponse(x)
    let drawn = heatMap("samples won", hits)
    guard classNames.count > 1 else { return [("hits", drawn)] }
    let classes = try map.unitLabels(x, labels: labels)
    let (rows, columns) = (map.grid.rows, map.grid.columns)
    let values = (0..<rows).map { row in classes[row * columns..<(row + 1) * columns].map(Double.init) }
    let texts = zip(classes, hits.elements(as: Float.self)).map { label, hits in
      hits == 0 ? "" : classNames.indices.contains(label) ? classNames[label] : String(label)
    }
    let side = Double(max(rows, columns)) * 34 + 60
    let labelled = Figure(
      "the commonest class of each unit", width: side + 60, height: side,
      panels: [
        HeatMap(
          values: values, texts: (0..<rows).map { Array(texts[$0 * columns..<($0 + 1) * columns]) },
          range: 0...Double(max(classNames.count - 1, 1)))
      ])
    return [("hits", drawn), ("labels", labelled)]
  }

  private static func heatMap(_ title: String, _ values: NDArray) -> Figure {
    Figure(width: 520, height: 460, panels: [HeatMap(title, values: rows(of: values))])
  }

  private static func rows(of values: NDArray) -> [[Double]] {
    (0..<values.shape[0]).map { values.row($0).elements(as: Float.self).map(Double.init) }
  }
}
