import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers

/// Something that is wrong with a layer, in one sentence.
public enum LayerFinding: Sendable, Hashable, CustomStringConvertible {
  /// Hardly any gradient arrives.
  case vanishing(path: String, norm: Double, largest: Double)
  case exploding(path: String, norm: Double)
  /// Units that are 0 for every sample of a batch: no gradient flows through them.
  case dead(path: String, units: Int, of: Int)

  public var description: String {
    switch self {
    case .vanishing(let path, let norm, let largest):
      "The gradient vanishes at \(path): its norm is \(NumberText.short(norm)), that of other weights up to "
        + "\(NumberText.short(largest)); try normalisation, residual connections or another initialisation."
    case .exploding(let path, let norm):
      "The gradient explodes at \(path): its norm is \(NumberText.short(norm)); try clipping or a lower learning rate."
    case .dead(let path, let units, let count):
      "\(units) of \(count) units are dead after \(path): they are 0 for a whole batch; try a lower learning rate or "
        + "LeakyReLU."
    }
  }
}

/// Looks after every epoch at its last batch: how large each parameter's gradient was, and which units are dead.
///
///     let health = LayerHealth()
///     trainer.callbacks.append(health)
public final class LayerHealth: Callback {
  /// The Euclidean norm of each parameter's gradient in the last batch of an epoch.
  public struct GradientNorm: Sendable, Hashable {
    public let path: String
    public let norm: Double
    public let role: Parameter.Role
  }

  /// The latest epoch's gradients, in the order of the parameters.
  public private(set) var norms: [GradientNorm] = []
  /// All epochs' gradients, since this process began.
  public private(set) var history: [[GradientNorm]] = []
  /// What is wrong after the latest epoch.
  public private(set) var findings: [LayerFinding] = []
  /// A gradient below this share of the largest weight's has vanished.
  public let vanishingShare: Double
  /// A norm above this has exploded.
  public let explodingNorm: Double
  private let report: ((LayerFinding) -> Void)?

  /// - Parameter report: is told of each finding once it appears.
  public init(
    vanishingShare: Double = 1e-4, explodingNorm: Double = 1e3, report: ((LayerFinding) -> Void)? = nil
  ) {
    (self.vanishingShare, self.explodingNorm, self.report) = (vanishingShare, explodingNorm, report)
  }

  public func gradientsComputed(_ gradients: Gradients, of batch: Batch, _ trainer: Trainer) {
    guard trainer.isLastBatch else { return }
    let before = Set(findings.map(\.place))
    norms = trainer.model.namedParameters.compactMap { path, parameter in
      gradients[parameter].map {
        GradientNorm(path: path, norm: $0.sumOfSquares().scalar.squareRoot(), role: parameter.role)
      }
    }
    history.append(norms)
    findings = judged(norms) + deadUnits(trainer, batch)
    if let report { for finding in findings where !before.contains(finding.place) { report(finding) } }
  }

  private func judged(_ norms: [GradientNorm]) -> [LayerFinding] {
    let weights = norms.filter { $0.role == .weight }
    let largest = weights.map(\.norm).max() ?? 0
    return weights.compactMap { weight in
      if !(weight.norm <= explodingNorm) { return .exploding(path: weight.path, norm: weight.norm) }
      if weight.norm < vanishingShare * largest || largest < 1e-12 {
        return .vanishing(path: weight.path, norm: weight.norm, largest: largest)
      }
      return nil
    }
  }

  /// Units of rectifiers: a number of their innermost axis.
  private func deadUnits(_ trainer: Trainer, _ batch: Batch) -> [LayerFinding] {
    guard let layer = trainer.layer else { return [] }
    var findings: [LayerFinding] = []
    Pass.inference {
      _ = layer.trace(Traced(Tensor(batch.inputs), field: nil), path: "") { traced in
        let output = traced.output.tensor.value
        guard traced.layer is ReLU, output.rank > 1, output.count > 0 else { return }
        let count = output.shape.innermost
        let alive = output.max(axes: Array(0..<output.rank - 1))
        let dead = (0..<count).reduce(0) { $0 + (alive.element($1) <= 0 ? 1 : 0) }
        if dead > 0 { findings.append(.dead(path: traced.path, units: dead, of: count)) }
      }
    }
    return findings
  }
}

extension LayerFinding {
  /// What is wrong where, without numbers.
  fileprivate var place: String {
    switch self {
    case .vanishing(let path, _, _): "vanishing " + path
    case .exploding(let path, _): "exploding " + path
    case .dead(let path, _, _): "dead " + path
    }
  }
}
