import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers

/// Looks after every epoch at its last batch: how large each parameter's gradient was, and which units learn nothing.
///
///     let health = LayerHealth()
///     trainer.callbacks.append(health)
public final class LayerHealth: Callback {
  /// The Euclidean norm of each parameter's gradient in the last batch of an epoch.
  public struct GradientNorm: Sendable, Hashable {
    /// The names of the members that lead to the parameter, joined by dots.
    public let path: String
    /// The layer that the parameter belongs to, such as "Linear(8 → 3)"; nil for a module that does not describe itself.
    public let layer: String?
    /// ‖g‖ = √Σ g².
    public let norm: Double
    /// What the parameter is for: weights are judged, others are not.
    public let role: Parameter.Role

    /// The path with the layer.
    public var place: String { layer.map { "\(path) (\($0))" } ?? path }
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
    norms = trainer.model.ownedParameters().compactMap { path, layer, parameter in
      gradients[parameter].map {
        GradientNorm(
          path: path, layer: layer, norm: $0.sumOfSquares().scalar.squareRoot(), role: parameter.role)
      }
    }
    history.append(norms)
    findings = judged(norms) + stuckUnits(trainer, batch)
    if let report { for finding in findings where !before.contains(finding.place) { report(finding) } }
  }

  private func judged(_ norms: [GradientNorm]) -> [LayerFinding] {
    let weights = norms.filter { $0.role == .weight }
    let largest = weights.map(\.norm).max() ?? 0
    return weights.compactMap { weight in
      if !(weight.norm <= explodingNorm) { return .exploding(path: weight.place, norm: weight.norm) }
      if weight.norm < vanishingShare * largest || largest < 1e-12 {
        return .vanishing(path: weight.place, norm: weight.norm, largest: largest)
      }
      return nil
    }
  }

  /// Units that no sample of the batch can change, where the slopes of an activation are (nearly) 0 for all of them. The
  /// network's last layer is left out: its saturation is a certain answer.
  private func stuckUnits(_ trainer: Trainer, _ batch: Batch) -> [LayerFinding] {
    guard let layer = trainer.layer else { return [] }
    var findings: [LayerFinding] = []
    var last = ""
    Pass.inference {
      _ = layer.trace(Traced(Tensor(batch.inputs), field: nil), path: "") { traced in
        let place = "\(traced.path) (\(traced.layer))"
        last = place
        let input = traced.input.tensor.value
        guard let steepest = traced.layer.steepestSlope, input.rank > 1, input.count > 0 else { return }
        let slopes = valueAndGradients(at: [input], ofParameters: false) { traced.layer($0[0]).sum() }.inputGradients[0]
        let largest = slopes.abs().max(axes: Array(0..<slopes.rank - 1)).elements(as: Float.self)
        let stuck = largest.count { Double($0) < LayerHealth.flatShare * steepest }
        guard stuck > 0 else { return }
        let isStraight = traced.layer is ReLU || traced.layer is HardSigmoid
        findings.append(
          isStraight
            ? .dead(path: place, units: stuck, of: largest.count)
            : .saturated(path: place, units: stuck, of: largest.count))
      }
    }
    return findings.filter { if case .saturated(last, _, _) = $0 { false } else { true } }
  }

  /// A slope below this share of the steepest is nearly flat.
  private static let flatShare = 0.01
}

extension Layer {
  /// The steepest slope of an activation that is flat somewhere; nil for other layers. LeakyReLU and PReLU have no flat
  /// part: their units can always come back.
  fileprivate var steepestSlope: Double? {
    switch self {
    case is ReLU, is ELU, is SELU, is GELU, is GELUTanh, is SiLU, is Softplus, is Tanh: 1
    case is Sigmoid: 0.25
    case is HardSigmoid: 1.0 / 6
    default: nil
    }
  }
}

extension Module {
  /// All parameters with their paths, and what the innermost module around each calls itself.
  fileprivate func ownedParameters(_ path: String = "") -> [(path: String, layer: String?, parameter: Parameter)] {
    members.list.flatMap { name, member -> [(path: String, layer: String?, parameter: Parameter)] in
      if let parameter = member as? Parameter {
        return [(path + name, (self as? any CustomStringConvertible)?.description, parameter)]
      }
      return (member as? any Module)?.ownedParameters(path + name + ".") ?? []
    }
  }
}
