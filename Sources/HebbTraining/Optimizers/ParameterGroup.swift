import HebbArrays
import HebbAutograd

/// Parameters that learn at another rate or decay otherwise than the rest.
///
///     Trainer(model, loss: .crossEntropy, optimizer: AdamW(), groups: [ParameterGroup("backbone", rateFactor: 0.1)])
///
/// Of several groups that a parameter belongs to, the first counts.
public struct ParameterGroup: Sendable {
  /// The rate is multiplied by this; 0 keeps the parameters as they are.
  public let rateFactor: Double
  /// Takes the place of the optimiser's decay.
  public let weightDecay: WeightDecay?
  /// The member that was named; nil where a function tells.
  let path: String?
  private let holds: @Sendable (String, Parameter) -> Bool

  /// The parameters for which `holds` is true, by path and parameter.
  public init(
    rateFactor: Double = 1, weightDecay: WeightDecay? = nil,
    where holds: @escaping @Sendable (String, Parameter) -> Bool
  ) {
    self.init(path: nil, rateFactor, weightDecay, holds)
  }

  private init(
    path: String?, _ rateFactor: Double, _ weightDecay: WeightDecay?,
    _ holds: @escaping @Sendable (String, Parameter) -> Bool
  ) {
    require(rateFactor >= 0 && rateFactor.isFinite, "a rate cannot be multiplied by \(rateFactor)")
    self.path = path
    self.rateFactor = rateFactor
    self.weightDecay = weightDecay
    self.holds = holds
  }

  /// The parameters of one member: those whose path is `path` or begins with it and a dot. There must be some.
  public init(_ path: String, rateFactor: Double = 1, weightDecay: WeightDecay? = nil) {
    self.init(path: path, rateFactor, weightDecay) { name, _ in name == path || name.hasPrefix(path + ".") }
  }

  /// Whether a parameter belongs to the group.
  public func contains(_ path: String, _ parameter: Parameter) -> Bool { holds(path, parameter) }
}
