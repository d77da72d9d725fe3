import HebbArrays
import HebbAutograd

/// One step of a ``Sequential``: a layer with those of its followers that may run in its pass over memory.
final class Stage: Sendable {
  private let layer: any Layer
  private let normalization: BatchNorm?
  private let activation: FusedActivation
  // What is known of the layer for good: to cast or copy it in each step costs more than a small layer's arithmetic.
  private let product: (any FinishesSums)?
  private let takesActivation: Bool
  private let plain: @Sendable (Tensor) -> Tensor

  private init(_ layer: any Layer, normalization: BatchNorm? = nil, activation: FusedActivation = .none) {
    self.layer = layer
    self.normalization = normalization
    self.activation = activation
    product = layer as? any FinishesSums
    let fusing = layer as? any FusesActivation
    takesActivation = normalization != nil || fusing != nil
    if let normalization {
      plain = { normalization(layer($0), activation: activation) }
    } else if let fusing {
      plain = { fusing($0, activation: activation) }
    } else {
      plain = { layer($0) }
    }
  }

  /// Neighbours that belong together; the layers of a sequence in a sequence are its own.
  static func grouping(_ layers: [any Layer]) -> [Stage] {
    var stages: [Stage] = []
    func add(_ layers: [any Layer]) {
      for layer in layers {
        if let inner = layer as? Sequential {
          add(inner.layers)
        } else if let joined = stages.last?.joined(by: layer) {
          stages[stages.count - 1] = joined
        } else {
          stages.append(Stage(layer))
        }
      }
    }
    add(layers)
    return stages
  }

  /// This step with the layer behind it, if that may run in its pass.
  private func joined(by next: any Layer) -> Stage? {
    guard activation == .none else { return nil }
    if let next = next as? any Fusible, takesActivation {
      return Stage(layer, normalization: normalization, activation: type(of: next).fused)
    }
    guard let next = next as? BatchNorm, normalization == nil, product != nil else { return nil }
    return Stage(layer, normalization: next)
  }

  /// Whether products may be finished by what follows them: in inference, while no gradient is recorded.
  static func mayFuse(_ x: Tensor) -> Bool { !x.isTracked && Pass.phase == .inference && !Pass.isRecording }

  /// Whether a shortcut can be added in this step's pass.
  var addsResidual: Bool { product != nil && activation == .none }

  /// The shape that the step's product gives; nil where it has none.
  func productShape(from x: Tensor) -> Shape? { product?.resultShape(from: x.value) }

  /// The result of the step. `residual` is added, and an `activation` follows the sum, in a fusing step alone.
  func callAsFunction(
    _ x: Tensor, fusing fuses: Bool, adding residual: NDArray? = nil, activation behind: FusedActivation = .none
  ) -> Tensor {
    guard fuses, normalization != nil || residual != nil, let product else { return plain(x) }
    let activation = activation == .none ? behind : activation
    let bias = product.bias?.tensor.value
    var epilogue = normalization?.epilogue(after: bias) ?? Epilogue(bias: bias)
    epilogue.residual = residual
    epilogue.relu = activation == .relu
    var y = product(x.value, epilogue: epilogue)
    y.finish(activation)
    return Tensor(y)
  }
}
