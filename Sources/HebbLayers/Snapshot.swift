import HebbArrays
import HebbAutograd

/// A network with the values that it has now: for serving from many threads while training goes on.
///
///     let served = Snapshot(of: model)
///     Task { served(x) }                        // the values of now
///     try trainer.fit(…)                        // changes the model, not the snapshot
///
/// Nothing is copied until training changes a value. A snapshot always infers: no dropout, no batch statistics, and no
/// gradient for its parameters (one for its input flows through it).
public struct Snapshot<Model: Layer>: Sendable {
  /// The network, whose own values training may change.
  public let model: Model
  private let fixed: [ObjectIdentifier: NDArray]

  /// The values that `model` has now. While another thread is in the middle of a training step they may be of two steps:
  /// take snapshots between steps.
  public init(of model: Model) {
    self.model = model
    fixed = Dictionary(uniqueKeysWithValues: model.parameters.map { (ObjectIdentifier($0), $0.value) })
  }

  /// The network's result with the frozen values.
  public func callAsFunction(_ x: Tensor) -> Tensor { Pass.inference(with: fixed) { model(x) } }

  /// The same for a plain array.
  public func callAsFunction(_ x: NDArray) -> NDArray { self(Tensor(x)).value }

  /// The frozen values by the names of the model's parameters: to save a network while it is trained.
  public var values: [String: NDArray] {
    Dictionary(
      uniqueKeysWithValues: model.namedParameters.map { name, parameter in
        (name, fixed[ObjectIdentifier(parameter)] ?? parameter.value)
      })
  }

  /// Puts the values back into the model: undoes the training since.
  public func restore() {
    for parameter in model.parameters { if let value = fixed[ObjectIdentifier(parameter)] { parameter.value = value } }
  }
}

extension Layer {
  /// The network with the values that it has now.
  public func snapshot() -> Snapshot<Self> { Snapshot(of: self) }
}
