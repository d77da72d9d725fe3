import HebbArrays
import HebbAutograd
import HebbLayers

/// What training makes small, by name.
///
///     loss: cross-entropy                    # {cross-entropy: {smoothing: 0.1}}
///     loss: mean-squared-error
///     loss: {huber: {delta: 1}}
///
/// Losses of numbers take classes as well: the target is then 1 for the true class and 0 for the others.
package struct LossSpec: Sendable {
  /// What the targets must be.
  enum Targets: Sendable { case classes, numbers, both }

  /// How a network's numbers become the shares of the classes.
  package enum Shares: Sendable {
    case softmax
    /// Each class is a question of its own.
    case sigmoid
    /// The numbers are the shares, but for a little.
    case plain
  }

  package let loss: Loss
  let targets: Targets
  package let shares: Shares
  private let node: SpecNode?

  /// What is taken where the file says nothing.
  package static func standard(classified: Bool) -> LossSpec {
    classified
      ? LossSpec(loss: .crossEntropy, targets: .classes, shares: .softmax, node: nil)
      : LossSpec(loss: .meanSquaredError, targets: .both, shares: .plain, node: nil)
  }

  private init(loss: Loss, targets: Targets, shares: Shares, node: SpecNode?) {
    (self.loss, self.targets, self.shares, self.node) = (loss, targets, shares, node)
  }

  package static let words = [
    SpecWord(
      "cross-entropy", "{cross-entropy: {smoothing: 0.1}}", "of classes; what is taken where the file says nothing"),
    SpecWord(
      "binary-cross-entropy", "{binary-cross-entropy: {positive-weight: 2}}", "each class a question of its own"),
    SpecWord("multiclass-hinge", "margins between the true class and the others"),
    SpecWord("hinge", "a margin around zero for each class"),
    SpecWord("kl-divergence", "between distributions"),
    SpecWord("cosine", "the angle between answer and target"),
    SpecWord("mean-squared-error", "of numbers; what is taken for them where the file says nothing"),
    SpecWord("mean-absolute-error", "of numbers, less moved by outliers"),
    SpecWord("huber", "{huber: {delta: 1}}", "squared for small errors, absolute for large ones"),
  ]

  init(_ node: SpecNode) throws(DataError) {
    let item = try node.item
    func number(_ name: String, in range: ClosedRange<Double>, _ standard: Double) throws(DataError) -> Double {
      try item.argument.settings([name], of: item.name)[name]?.number(in: range) ?? standard
    }
    func plain(_ loss: Loss) throws(DataError) -> Loss {
      _ = try item.argument.settings([], of: item.name)
      return loss
    }
    self.node = item.node
    switch item.name {
    case "cross-entropy":
      loss = .crossEntropy(smoothing: try number("smoothing", in: 0...0.9, 0))
      (targets, shares) = (.classes, .softmax)
    case "multiclass-hinge":
      loss = try plain(.multiclassHinge)
      (targets, shares) = (.classes, .softmax)
    case "binary-cross-entropy":
      loss = .binaryCrossEntropy(positiveWeight: try number("positive-weight", in: 1e-6...1e6, 1)).ofClasses()
      (targets, shares) = (.both, .sigmoid)
    case "hinge":
      loss = try plain(.hinge).ofClasses(low: -1)
      (targets, shares) = (.both, .softmax)
    case "kl-divergence":
      loss = try plain(.klDivergence).ofClasses()
      (targets, shares) = (.both, .softmax)
    case "cosine":
      loss = try plain(.cosine).ofClasses()
      (targets, shares) = (.both, .softmax)
    case "mean-squared-error":
      loss = try plain(.meanSquaredError).ofClasses()
      (targets, shares) = (.both, .plain)
    case "mean-absolute-error":
      loss = try plain(.meanAbsoluteError).ofClasses()
      (targets, shares) = (.both, .plain)
    case "huber":
      loss = .huber(delta: try number("delta", in: 1e-6...1e6, 1)).ofClasses()
      (targets, shares) = (.both, .plain)
    default: throw item.node.unknown(item.name, among: LossSpec.words.map(\.name), "loss")
    }
  }

  /// Refuses a loss that does not go with the targets.
  func check(classified: Bool) throws(DataError) {
    guard let node, targets == .classes, !classified else { return }
    throw node.failure("\(node.shown) needs classes, but the targets are numbers", advice: "use mean-squared-error")
  }
}

extension LossSpec.Shares {
  /// A network's numbers for some samples `[samples, classes]`, as shares of each class.
  func callAsFunction(_ output: NDArray) -> NDArray {
    switch self {
    case .softmax: return output.softmax()
    case .sigmoid: return output.sigmoid()
    case .plain:
      let positive = NDArray.maximum(output, 0)
      return positive / NDArray.maximum(positive.sum(axes: [-1], keepingAxes: true), 1e-12)
    }
  }
}

extension Loss {
  /// The same loss for labels too, each as a row with a 1 for its class and `low` for the others.
  fileprivate func ofClasses(low: Double = 0) -> Loss {
    Loss(name) { prediction, target in
      guard target.dtype == .int32, target.rank + 1 == prediction.rank else { return self(prediction, target) }
      let rows = target.oneHot(classes: prediction.shape.innermost, dtype: prediction.dtype)
      return self(prediction, rows * (1 - low) + low)
    }
  }
}
