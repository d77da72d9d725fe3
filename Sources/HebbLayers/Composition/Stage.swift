import HebbArrays
import HebbAutograd

/// One step of a ``Sequential``: a layer with those of its followers that may run in its pass over memory.
struct Stage: Sendable {
  private let layer: any Layer
  // The layer again, by what it can do: a cast costs more than a small layer's arithmetic.
  private let fusing: (any FusesActivation)?
  private let product: (any FinishesSums)?
  private var normalization: BatchNorm?
  private var activation = FusedActivation.none

  private init(_ layer: any Layer) {
    self.layer = layer
    fusing = layer as? any FusesActivation
    product = layer as? any FinishesSums
  }

  /// Neighbours that belong together; the layers of a sequence in a sequence are its own.
  static func grouping(_ layers: [any Layer]) -> [Stage] {
    var stages: [Stage] = []
    func add(_ layers: [any Layer]) {
      for layer in layers {
        if let inner = layer as? Sequential {
          add(inner.layers)
        } else if stages.last?.takes(layer) != true {
          stages.append(Stage(layer))
        } else if let normalization = layer as? BatchNorm {
          stages[stages.count - 1].normalization = normalization
        } else if let next = layer as? any Fusible {
          stages[stages.count - 1].activation = type(of: next).fused
        }
      }
    }
    add(layers)
    return stages
  }

  private func takes(_ next: any Layer) -> Bool {
    guard activation == .none else { return false }
    if next is any Fusible { return normalization != nil || fusing != nil }
    return next is BatchNorm && normalization == nil && product != nil
  }

  /// Whether products may be finished by what follows them: in inference, while no gradient is recorded.
  static func mayFuse(_ x: Tensor) -> Bool { Pass.phase == .inference && !Pass.isRecording && !x.isTracked }

  /// Whether a shortcut can be added in this step's pass.
  var addsResidual: Bool { product != nil && activation == .none }

  /// The result of the step. `residual` is added, and an `activation` follows the sum, in a fusing step alone.
  func callAsFunction(
    _ x: Tensor, fusing fuses: Bool, adding residual: NDArray? = nil, activation behind: FusedActivation = .none
  ) -> Tensor {
    let activation = activation == .none ? behind : activation
    if fuses, normalization != nil || residual != nil, let product {
      let bias = product.bias?.tensor.value
      var epilogue = normalization?.epilogue(after: bias) ?? Epilogue(bias: bias)
      epilogue.residual = residual
      epilogue.relu = activation == .relu
      var y = product(x.value, epilogue: epilogue)
      y.finish(activation)
      return Tensor(y)
    }
    if let normalization { return normalization(layer(x), activation: activation) }
    if let fusing { return fusing(x, activation: activation) }
    return layer(x)
  }
}
