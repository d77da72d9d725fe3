import HebbArrays

/// Something that is wrong with a layer, in one sentence.
///
/// Each names the place by the path of members and, where it is known, by what stands there: "2.weight (Linear(8 → 3))".
public enum LayerFinding: Sendable, Hashable, CustomStringConvertible {
  /// Hardly any gradient arrives.
  case vanishing(path: String, norm: Double, largest: Double)
  /// The gradient is above ``LayerHealth/explodingNorm``, or not a number.
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
      "The gradient vanishes at \(path): its norm is \(PlainNumber.short(norm)), that of other weights up to "
        + "\(PlainNumber.short(largest)); try normalisation, residual connections or another initialisation."
    case .exploding(let path, let norm):
      "The gradient explodes at \(path): its norm is \(PlainNumber.short(norm)); try clipping or a lower learning rate."
    case .dead(let path, let units, let count):
      "\(units) of \(count) units are dead after \(path): no sample of a batch passes a gradient back; try a lower "
        + "learning rate or LeakyReLU."
    case .saturated(let path, let units, let count):
      "\(units) of \(count) units are saturated after \(path): hardly any gradient passes back for a whole batch; try "
        + "normalisation, smaller initial weights or a lower learning rate."
    }
  }
}

extension LayerFinding {
  /// What is wrong where, without numbers.
  var place: String {
    switch self {
    case .vanishing(let path, _, _): "vanishing " + path
    case .exploding(let path, _): "exploding " + path
    case .dead(let path, _, _): "dead " + path
    case .saturated(let path, _, _): "saturated " + path
    }
  }
}
