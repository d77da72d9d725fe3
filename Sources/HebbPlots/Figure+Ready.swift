import HebbArrays

extension Figure {
  /// How a training went: loss, metric and, where it changes, the learning rate, against the epoch.
  ///
  /// - Parameters:
  ///   - epochs: the number of each epoch; by default 1, 2, 3 and so on.
  ///   - metric: the metric's name; without training or validation metrics its panel is left out.
  ///   - learningRate: one number for each epoch, drawn in a panel of its own on a logarithmic axis; empty for none.
  ///   - overfittingEpoch: the epoch from which the network learns its training set by heart, marked in all panels.
  public static func learningCurves(
    _ title: String = "", epochs: [Double]? = nil, trainingLoss: [Double], validationLoss: [Double] = [],
    metric: String = "accuracy", trainingMetric: [Double] = [], validationMetric: [Double] = [],
    learningRate: [Double] = [], overfittingEpoch: Double? = nil
  ) -> Figure {
    let lines = overfittingEpoch.map { [ReferenceLine.vertical($0, "overfitting begins")] } ?? []
    func line(_ name: String, _ y: [Double], _ color: Color, dashed: Bool = false) -> Series? {
      guard !y.isEmpty else { return nil }
      let x = epochs.map { Array($0.prefix(y.count)) } ?? y.indices.map { Double($0 + 1) }
      return Series(name, x: x, y: y, color: color, dashed: dashed)
    }
    func axes(_ name: String, _ training: [Double], _ validation: [Double]) -> Axes {
      let series = [
        line("training", training, Color.palette[0]), line("validation", validation, Color.palette[1]),
      ]
      return Axes(x: Axis("epoch"), y: Axis(name), series: series.compactMap(\.self), lines: lines)
    }
    var panels: [any Panel] = [axes("loss", trainingLoss, validationLoss)]
    if !trainingMetric.isEmpty || !validationMetric.isEmpty {
      panels.append(axes(metric, trainingMetric, validationMetric))
    }
    if let rate = line("learning rate", learningRate, Color.palette[2]) {
      panels.append(
        Axes(x: Axis("epoch"), y: Axis("learning rate", scale: .logarithmic), series: [rate], lines: lines))
    }
    return Figure(title, panels: panels)
  }

  /// How often each class was taken for which: rows are the true classes, columns the answers. The text is the count,
  /// the colour the square root of the count's share of its row, so that small confusions can be seen.
  public static func confusion(_ title: String = "", matrix: [[Int]], classNames: [String]) -> Figure {
    require(
      matrix.allSatisfy { $0.count == matrix.count } && classNames.count == matrix.count,
      "\(classNames.count) class names need as many rows and columns, not \(matrix.count) × \(matrix.first?.count ?? 0)"
    )
    let shares = matrix.map { row in
      let total = row.reduce(0, +)
      return row.map { total > 0 ? (Double($0) / Double(total)).squareRoot() : 0 }
    }
    let side = min(1100, max(380, Double(matrix.count) * 34 + 190))
    return Figure(
      title, width: side + 40, height: side,
      panels: [
        HeatMap(
          values: shares, texts: matrix.map { $0.map { $0 == 0 ? "" : String($0) } }, rowNames: classNames,
          columnNames: classNames, rowLabel: "true class", columnLabel: "predicted class", colors: .blues, range: 0...1)
      ])
  }

  /// How much gradient reaches each layer, for several networks: norms on a logarithmic axis against the depth, counted
  /// from the input. Lines that fall to the left show gradients that vanish on their way back.
  public static func gradientFlow(
    _ title: String = "", configurations: [(name: String, norms: [Double])]
  ) -> Figure {
    let series = configurations.map { configuration in
      Series(
        configuration.name, x: configuration.norms.indices.map { Double($0 + 1) }, y: configuration.norms,
        marker: configuration.norms.count <= 30 ? .disk : nil)
    }
    return Figure(
      title, panels: [Axes(x: Axis("layer"), y: Axis("gradient norm", scale: .logarithmic), series: series)])
  }

  /// How much gradient reached each layer as a training went on: a line for each layer, norms on a logarithmic axis
  /// against the epoch.
  ///
  /// - Parameter notes: what begins at an epoch, such as overfitting.
  public static func gradientHistory(
    _ title: String = "", epochs: [Double], layers: [(name: String, norms: [Double])],
    notes: [(epoch: Double, text: String)] = []
  ) -> Figure {
    let series = layers.map { Series($0.name, x: epochs, y: $0.norms, marker: epochs.count <= 30 ? .disk : nil) }
    let lines = notes.map { ReferenceLine.vertical($0.epoch, $0.text) }
    return Figure(
      title,
      panels: [Axes(x: Axis("epoch"), y: Axis("gradient norm", scale: .logarithmic), series: series, lines: lines)])
  }

  /// Pictures in rows, each with a caption: `[count, height, width, channels]`, bytes, or floats between 0 and 1.
  public static func contactSheet(_ title: String = "", images: NDArray, captions: [String] = [], columns: Int? = nil)
    -> Figure
  {
    let grid = ImageGrid(images: images, captions: captions, columns: columns)
    let columns = grid.columns
    let rows = (images.shape[0] + columns - 1) / columns
    let cell = min(96, max(48, 900 / Double(max(columns, 1))))
    let aspect = Double(max(images.shape[1], 1)) / Double(max(images.shape[2], 1))
    let width = max(300, Double(columns) * (cell + ImageGrid.gap) + 36)
    let side = (width - 36 + ImageGrid.gap) / Double(max(columns, 1)) - ImageGrid.gap
    let row = side * aspect + ImageGrid.gap + (captions.isEmpty ? 0 : 16)
    return Figure(title, width: width, height: Double(rows) * row + (title.isEmpty ? 28 : 58), panels: [grid])
  }

  /// Bars with names under them; several series stand beside each other.
  public static func bars(
    _ title: String = "", names: [String], series: [(name: String, values: [Double])], label: String = ""
  ) -> Figure {
    require(
      series.allSatisfy { $0.values.count == names.count }, "each series of bars needs \(names.count) numbers")
    let bars = series.map { Series($0.name, y: $0.values, kind: .bars) }
    return Figure(title, panels: [Axes(x: Axis(names: names), y: Axis(label), series: bars)])
  }
}
