import HebbArrays
import HebbTraining

/// How gradients change weights, by name, with the learning rate and the rest.
///
///     optimizer: adam
///     optimizer: {sgd: {rate: 0.1, momentum: 0.9, nesterov: true, decay: 0.0005}}
enum OptimizerSpec {
  static let names = ["sgd", "adam", "adamw"]

  static func read(_ node: SpecNode) throws(DataError) -> any Optimizer {
    let item = try node.item
    func settings(_ names: [String]) throws(DataError) -> SpecSettings {
      try item.argument.settings(["rate", "decay"] + names, of: item.name)
    }
    func rate(_ settings: SpecSettings, _ standard: Double) throws(DataError) -> Double {
      try settings["rate"]?.number(in: 1e-12...1e3) ?? standard
    }
    func decay(_ settings: SpecSettings, _ standard: Double) throws(DataError) -> WeightDecay {
      WeightDecay(l2: try settings["decay"]?.number(in: 0...10) ?? standard)
    }
    switch item.name {
    case "sgd":
      let settings = try settings(["momentum", "nesterov"])
      let momentum = try settings["momentum"]?.number(in: 0...0.9999) ?? 0
      let nesterov = try settings["nesterov"]?.flag() ?? false
      guard !nesterov || momentum > 0 else {
        throw item.node.failure("nesterov needs a momentum", advice: "add momentum: 0.9")
      }
      return SGD(
        learningRate: try rate(settings, 0.01), momentum: momentum, nesterov: nesterov,
        weightDecay: try decay(settings, 0))
    case "adam":
      let settings = try settings(["beta1", "beta2", "epsilon"])
      let (beta1, beta2, epsilon) = try moments(settings)
      return Adam(
        learningRate: try rate(settings, 1e-3), beta1: beta1, beta2: beta2, epsilon: epsilon,
        weightDecay: try decay(settings, 0))
    case "adamw":
      let settings = try settings(["beta1", "beta2", "epsilon"])
      let (beta1, beta2, epsilon) = try moments(settings)
      return AdamW(
        learningRate: try rate(settings, 1e-3), beta1: beta1, beta2: beta2, epsilon: epsilon,
        weightDecay: try decay(settings, 0.01))
    default: throw item.node.unknown(item.name, among: names, "optimizer")
    }
  }

  private static func moments(_ settings: SpecSettings) throws(DataError) -> (Double, Double, Double) {
    (
      try settings["beta1"]?.number(in: 0...0.9999) ?? 0.9, try settings["beta2"]?.number(in: 0...0.999999) ?? 0.999,
      try settings["epsilon"]?.number(in: 1e-16...1) ?? 1e-8
    )
  }
}
