import Hebb
import HebbPlots

/// Sends one batch of digits through chains of 5 to 500 layers and the error's gradient back.
struct GradientsLab: Lab {
  let name = "gradients"
  let title = "gradients that vanish, explode or arrive, over 5 to 500 layers"
  let question =
    "How much of the gradient at the last layer reaches the first, by depth, activation, initialisation, batch "
    + "normalisation and residual connections?"

  private static let width = 64
  private static let batch = 64
  private static let shownDepth = 50

  /// A chain of equal layers.
  private struct Chain: Sendable {
    let name: String
    var activation: any Layer = ReLU()
    /// The standard deviation of the weights.
    let deviation: Double
    var normalized = false
    var residual = false

    func block(_ width: Int, using random: inout Philox) -> any Layer {
      let linear = Linear(width, width, bias: false, initializer: .normal(deviation), using: &random)
      guard residual else {
        return Sequential(normalized ? [linear, BatchNorm(width), activation] : [linear, activation])
      }
      // With normalisation in the order of He et al. 2016, arXiv:1603.05027: the way around is untouched.
      return Residual(Sequential(normalized ? [BatchNorm(width), activation, linear] : [linear, activation]))
    }
  }

  private static let plain: [Chain] = {
    let n = Double(width)
    return [
      Chain(name: "sigmoid, 1/√n", activation: Sigmoid(), deviation: (1 / n).squareRoot()),
      Chain(name: "tanh, 0.01", activation: Tanh(), deviation: 0.01),
      Chain(name: "tanh, 1/√n", activation: Tanh(), deviation: (1 / n).squareRoot()),
      Chain(name: "ReLU, 0.01", deviation: 0.01),
      Chain(name: "ReLU, 1/√n", deviation: (1 / n).squareRoot()),
      Chain(name: "ReLU, √(2/n)", deviation: (2 / n).squareRoot()),
      Chain(name: "ReLU, 2√(2/n)", deviation: 2 * (2 / n).squareRoot()),
    ]
  }()

  private static let helped: [Chain] = {
    let deviation = (2 / Double(width)).squareRoot()
    return [
      Chain(name: "ReLU, √(2/n), batch norm", deviation: deviation, normalized: true),
      Chain(name: "ReLU, √(2/n), residual", deviation: deviation, residual: true),
      Chain(name: "ReLU, √(2/n), batch norm and residual", deviation: deviation, normalized: true, residual: true),
      Chain(name: "ReLU, 0.01, residual", deviation: 0.01, residual: true),
      Chain(name: "ReLU, 0.01, batch norm", deviation: 0.01, normalized: true),
    ]
  }()

  func run(_ options: LabOptions) -> LabReport {
    let depths = options.effort < 1 ? [5, 20, GradientsLab.shownDepth] : [5, 20, GradientsLab.shownDepth, 100, 500]
    let groups = [("activation and initialisation", Self.plain), ("batch normalisation and residual", Self.helped)]
    let data = Digits.load().batch(at: Array(0..<Self.batch))
    var (rows, byDepth, byLayer) = ([[String]](), [Axes](), [Axes]())
    var last: [(name: String, share: Double)] = []
    for (heading, chains) in groups {
      var (shares, flows) = ([Series](), [Series]())
      for chain in chains {
        let norms = depths.map { flow(chain, depth: $0, data, options) }
        let ratios = norms.map(Self.share)
        rows.append([chain.name] + ratios.map { Wording.short($0, digits: 2) })
        shares.append(Series(chain.name, x: depths.map(Double.init), y: ratios, marker: .disk))
        let shown = norms[2]
        flows.append(Series(chain.name, x: shown.indices.map { Double($0 + 1) }, y: shown))
        last.append((chain.name, ratios[ratios.count - 1]))
      }
      byDepth.append(
        Axes(
          heading, x: Axis("layers", scale: .logarithmic), y: Axis("first ÷ last gradient", scale: .logarithmic),
          series: shares, lines: [.horizontal(1)]))
      byLayer.append(
        Axes(heading, x: Axis("layer"), y: Axis("gradient norm", scale: .logarithmic), series: flows))
    }
    var report = LabReport()
    report.show(
      "Norm of the gradient at the first layer, divided by that at the last",
      TextTable(["chain"] + depths.map { "\($0) layers" }, rows: rows))
    report.draw("gradients-depth", Figure("Gradient that reaches the first layer", height: 460, panels: byDepth))
    report.draw(
      "gradients-layers",
      Figure("Gradient at each of \(Self.shownDepth) layers", height: 460, panels: byLayer))
    conclude(&report, last, depth: depths[depths.count - 1])
    return report
  }

  /// The norm of the loss's gradient with respect to what each layer gives, first layer first.
  private func flow(_ chain: Chain, depth: Int, _ data: Batch, _ options: LabOptions) -> [Double] {
    var random = options.random(UInt64(depth))
    let width = Self.width
    let probes = (0..<depth).map { _ in Probe([Self.batch, width]) }
    let model = Sequential {
      Flatten()
      for probe in probes {
        chain.block(width, using: &random)
        probe
      }
      Linear(width, 10, initializer: .leCunNormal, using: &random)
    }
    let (loss, gradients) = Pass.training(seed: options.seed) {
      valueAndGradients { Loss.crossEntropy(model(Tensor(data.inputs)), data.targets) }
    }
    return probes.map { loss.scalar.isFinite ? gradients[$0.zeros]?.norm ?? 0 : .infinity }
  }

  /// The first gradient as a share of the last; infinite where a float could not hold it.
  private static func share(_ norms: [Double]) -> Double {
    let (first, last) = (norms[0], norms[norms.count - 1])
    return first == 0 ? 0 : first.isFinite && last.isFinite ? first / last : .infinity
  }

  private func conclude(_ report: inout LabReport, _ last: [(name: String, share: Double)], depth: Int) {
    let vanished = last.filter { $0.share < 1e-3 }
    let arrived = last.filter { $0.share >= 1e-3 && $0.share <= 1e3 }
    let exploded = last.filter { $0.share > 1e3 }
    func names(_ group: [(name: String, share: Double)]) -> String { group.map(\.name).joined(separator: "; ") }
    for (group, verdict) in [
      (vanished, "the gradient vanishes (less than a thousandth arrives; 0: a float cannot hold it)"),
      (arrived, "the gradient arrives within a factor of a thousand"),
      (exploded, "the gradient explodes (more than a thousandfold; ∞: a float cannot hold it)"),
    ] where !group.isEmpty {
      report.say("Over \(depth) layers \(verdict): \(names(group)).")
    }
    guard let steady = arrived.max(by: { abs(Wording.log10($0.share)) > abs(Wording.log10($1.share)) }) else { return }
    report.say("The steadiest is \(steady.name): its first gradient is \(Wording.short(steady.share)) times its last.")
  }
}
