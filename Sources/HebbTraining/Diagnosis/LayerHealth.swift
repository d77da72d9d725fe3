import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers

/// Something that is wrong with a layer, in one sentence.
public enum LayerFinding: Sendable, Hashable, CustomStringConvertible {
  /// Hardly any gradient arrives.
  case vanishing(path: String, norm: Double, largest: Double)
  case exploding(path: String, norm: Double)
  /// Units behind an activation that is flat for every sample of a batch, such as a ReLU below 0: no gradient flows
  /// through them.
  case dead(path: String, units: Int, of: Int)
  /// Units behind an activation that is nearly flat for every sample of a batch, such as a sigmoid far from 0: hardly any
  /// gradient flows through them.
  case saturated(path: String, units: Int, of: Int)

  public var description: String {
    switch self {
    case .vanishing(let path, let norm, let largest):
      "The gradient vanishes at \(path): its norm is \(NumberText.short(norm)), that of other weights up to "
        + "\(NumberText.short(largest)); try normalisation, residual connections or another initialisation."
    case .exploding(let path, let norm):
      "The gradient explodes at \(path): its norm is \(NumberText.short(norm)); try clipping or a lower learning rate."
    case .dead(let path, let units, let count):
      "\(units) of \(count) units are dead after \(path): no sample of a batch passes a gradient back; try a lower "
        + "learning rate or LeakyReLU."
    case .saturated(let path, let units, let count):
      "\(units) of \(count) units are saturated after \(path): hardly any gradient passes back for a whole batch; try "
        + "normalisation, smaller initial weights or a lower learning rate."
    }
  }
}

/// Looks after every epoch at its last batch: how large each parameter's gradient was, and which units learn nothing.
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
    findings = judged(norms) + stuckUnits(trainer, batch)
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

  /// Units that no sample of the batch can change, where the slopes of an activation are (nearly) 0 for all of them. The
  /// network's last layer is left out: its saturation is a certain answer.
  private func stuckUnits(_ trainer: Trainer, _ batch: Batch) -> [LayerFinding] {
    guard let layer = trainer.layer else { return [] }
    var findings: [LayerFinding] = []
    var last = ""
    Pass.inference {
      _ = layer.trace(Traced(Tensor(batch.inputs), field: nil), path: "") { traced in
        last = traced.path
        let input = traced.input.tensor.value
        guard let steepest = traced.layer.steepestSlope, input.rank > 1, input.count > 0 else { return }
        let slopes = valueAndGradients(at: [input], ofParameters: false) { traced.layer($0[0]).sum() }.inputGradients[0]
        let largest = slopes.abs().max(axes: Array(0..<slopes.rank - 1)).elements(as: Float.self)
        let stuck = largest.count { Double($0) < LayerHealth.flatShare * steepest }
        guard stuck > 0 else { return }
        let isStraight = traced.layer is ReLU || traced.layer is HardSigmoid
        findings.append(
          isStraight
            ? .dead(path: traced.path, units: stuck, of: largest.count)
            : .saturated(path: traced.path, units: stuck, of: largest.count))
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

extension LayerFinding {
  /// What is wrong where, without numbers.
  fileprivate var place: String {
    switch self {
    case .vanishing(let path, _, _): "vanishing " + path
    case .exploding(let path, _): "exploding " + path
    case .dead(let path, _, _): "dead " + path
    case .saturated(let path, _, _): "saturated " + path
    }
  }
}
