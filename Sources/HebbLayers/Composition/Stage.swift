import HebbArrays
import HebbAutograd

/// One step of a ``Sequential``: a layer with those of its followers that may run in its pass over memory.
struct Stage: Sendable {
  private let layer: any Layer
  private var normalization: BatchNorm?
  private var rectifies = false

  /// Neighbours that belong together; the layers of a sequence in a sequence are its own.
  static func grouping(_ layers: [any Layer]) -> [Stage] {
    var stages: [Stage] = []
    func add(_ layers: [any Layer]) {
      for layer in layers {
        if let inner = layer as? Sequential {
          add(inner.layers)
        } else if stages.last?.takes(layer) != true {
          stages.append(Stage(layer: layer))
        } else if let normalization = layer as? BatchNorm {
          stages[stages.count - 1].normalization = normalization
        } else {
          stages[stages.count - 1].rectifies = true
        }
      }
    }
    add(layers)
    return stages
  }

  private func takes(_ next: any Layer) -> Bool {
    if rectifies { return false }
    if next is ReLU { return normalization != nil || layer is any FusesReLU }
    return next is BatchNorm && normalization == nil && layer is any FinishesSums
  }

  /// Whether products may be finished by what follows them: in inference, while no gradient is recorded.
  static func mayFuse(_ x: Tensor) -> Bool { Pass.phase == .inference && !Pass.isRecording && !x.isTracked }

  /// Whether a shortcut can be added in this step's pass.
  var addsResidual: Bool { layer is any FinishesSums && !rectifies }

  /// The result of the step. `residual` is added, and the sum rectified if asked for, in a fusing step alone.
  func callAsFunction(_ x: Tensor, fusing: Bool, adding residual: NDArray? = nil, relu: Bool = false) -> Tensor {
    if fusing, normalization != nil || residual != nil, let product = layer as? any FinishesSums {
      let bias = product.bias?.tensor.value
      var epilogue = normalization?.epilogue(after: bias) ?? Epilogue(bias: bias)
      epilogue.residual = residual
      epilogue.relu = rectifies || relu
      return Tensor(product(x.value, epilogue: epilogue))
    }
    if let normalization { return normalization(layer(x), relu: rectifies) }
    if rectifies, let layer = layer as? any FusesReLU { return layer(x, relu: true) }
    return layer(x)
  }
}
