import Hebb
import HebbPlots

/// Fits noisy points of a curve with nets of 1 to 256 hidden units.
struct CapacityLab: Lab {
  let name = "capacity"
  let title = "underfitting, overfitting, and the best capacity between"
  let question = "How do training and validation error move with a net's capacity and with the length of its training?"

  private static let widths = [1, 2, 3, 5, 8, 16, 64, 256]
  private static let seeds: [UInt64] = [0, 1, 2]
  private static let points = 16
  private static let noise = 0.25

  private struct Fitted {
    let training: Double, validation: Double
    /// The validation error on the way, and the curve over the whole range.
    let path: [Double], curve: [Double]
  }

  func run(_ options: LabOptions) -> LabReport {
    var random = options.random()
    let x = (0..<Self.points).map { 2 * (Double($0) + 0.5) / Double(Self.points) - 1 }
    let noises = NDArray.normal([Self.points], standardDeviation: Self.noise, using: &random).elements(as: Float.self)
    let y = zip(x, noises).map { x, noise -> Double in Self.truth(x) + Double(noise) }
    let fits = Self.widths.map { width -> [Fitted] in Self.seeds.map { fit(width, x, y, options, seed: $0) } }
    let training = fits.map { Wording.mean($0.map(\.training)) }
    let validation = fits.map { Wording.mean($0.map(\.validation)) }

    var report = LabReport()
    report.show(
      "Squared error after training on \(Self.points) noisy points, mean of \(Self.seeds.count) seeds",
      TextTable(
        ["hidden units", "parameters", "training error", "validation error"],
        rows: Self.widths.indices.map {
          [
            "\(Self.widths[$0])", "\(3 * Self.widths[$0] + 1)", Wording.short(training[$0]),
            Wording.short(validation[$0]),
          ]
        }))
    report.draw("capacity", figure(x, y, fits, training, validation))
    conclude(&report, fits, training, validation)
    return report
  }

  private static func truth(_ x: Double) -> Double { Mathematics.sin(4 * x) }

  private static let places = (0...100).map { Double($0) / 50 - 1 }

  private func fit(_ width: Int, _ x: [Double], _ y: [Double], _ options: LabOptions, seed: UInt64) -> Fitted {
    var random = options.random(1000 + seed)
    let model = Sequential {
      Linear(1, width, initializer: .normal(6), using: &random)
      Tanh()
      Linear(width, 1, initializer: .leCunNormal, using: &random)
    }
    let (inputs, targets) = (
      NDArray(x, shape: [x.count, 1]).cast(to: .float32), NDArray(y, shape: [y.count, 1]).cast(to: .float32)
    )
    let places = NDArray(Self.places, shape: [Self.places.count, 1]).cast(to: .float32)
    let truth = Self.places.map(Self.truth)
    var updater = Updater(Adam(learningRate: 0.01), for: model)
    var (path, curve, training) = ([Double](), [Double](), 0.0)
    let steps = options.scaled(2000)
    for step in 0..<steps {
      let (_, gradients) = valueAndGradients { Loss.meanSquaredError(model(Tensor(inputs)), targets) }
      updater.update(gradients)
      guard step % 20 == 19 || step == steps - 1 else { continue }
      curve = model(places).elements(as: Float.self).map(Double.init)
      path.append(zip(curve, truth).map { ($0 - $1) * ($0 - $1) }.reduce(0, +) / Double(truth.count))
      training = Loss.meanSquaredError(model(inputs), targets)
    }
    return Fitted(training: training, validation: path.last ?? .nan, path: path, curve: curve)
  }

  private func figure(
    _ x: [Double], _ y: [Double], _ fits: [[Fitted]], _ training: [Double], _ validation: [Double]
  ) -> Figure {
    let widths = Self.widths.map(Double.init)
    let best = Self.best(validation)
    let shown = [0, best, Self.widths.count - 1]
    let curves = Set(shown).sorted().map { Series("\(Self.widths[$0]) hidden", x: Self.places, y: fits[$0][0].curve) }
    return Figure(
      "\(Self.points) noisy points of a sine", height: 420,
      panels: [
        Axes(
          "error by capacity", x: Axis("hidden units", scale: .logarithmic),
          y: Axis("squared error", scale: .logarithmic),
          series: [
            Series("training", x: widths, y: training, marker: .disk),
            Series("validation", x: widths, y: validation, marker: .disk),
          ], lines: [.vertical(widths[best], "best")]),
        Axes(
          "fits", x: Axis("x"), y: Axis("y"),
          series: curves + [
            Series("truth", x: Self.places, y: Self.places.map(Self.truth), color: .quiet, dashed: true),
            Series("points", x: x, y: y, kind: .scatter, color: .ink),
          ]),
      ])
  }

  private static func best(_ validation: [Double]) -> Int {
    validation.indices.min { validation[$0] < validation[$1] } ?? 0
  }

  private func conclude(
    _ report: inout LabReport, _ fits: [[Fitted]], _ training: [Double], _ validation: [Double]
  ) {
    let (best, last) = (Self.best(validation), validation.count - 1)
    func errors(_ index: Int) -> String {
      "\(Wording.short(training[index])) on the points and \(Wording.short(validation[index])) on the truth"
    }
    report.say(
      "\(Self.widths[0]) unit errs by \(errors(0)): "
        + (training[0] > 2 * training[best] ? "both are high, it underfits." : "it is enough for these points."))
    report.say(
      "\(Self.widths[last]) units err by \(errors(last)): "
        + (validation[last] > 2 * training[last]
          ? "the points are learned by heart with their noise, it overfits." : "they do not overfit."))
    report.say(
      "The lowest validation error is that of \(Self.widths[best]) units, "
        + (best > 0 && best < last ? "between the two." : "at the end of what was tried."))
    let path = fits[last][0].path.indices.map { epoch -> Double in Wording.mean(fits[last].map { $0.path[epoch] }) }
    let lowest = path.min() ?? .nan
    report.say(
      "On its way the net of \(Self.widths[last]) units came as low as \(Wording.short(lowest)) and ended at "
        + "\(Wording.short(path.last ?? .nan)): "
        + (lowest < 0.8 * (path.last ?? .nan)
          ? "stopping early would have helped." : "stopping early would not have helped."))
  }
}
