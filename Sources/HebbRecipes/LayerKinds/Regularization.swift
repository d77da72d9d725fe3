import HebbArrays
import HebbLayers

extension LayerKind {
  static let regularization = [
    LayerKind("dropout", "dropout: 0.5", "zeroes a share of the values while training") { (context) throws(DataError) in
      let share = try context.settings(["probability"])["probability"]?.number(in: 0...0.99) ?? 0.5
      return Dropout(share)
    },
    LayerKind(
      "batch-norm", nil, "mean 0 and variance 1 of each channel over the batch; also {epsilon: 0.00001, momentum: 0.1}"
    ) {
      (context) throws(DataError) in
      let settings = try context.settings(["epsilon", "momentum"])
      return BatchNorm(
        context.input.innermost, momentum: try settings["momentum"]?.number(in: 0...1) ?? 0.1,
        epsilon: try settings.epsilon())
    },
    LayerKind("layer-norm", nil, "mean 0 and variance 1 of each sample's features") { (context) throws(DataError) in
      LayerNorm(context.input.innermost, epsilon: try context.settings(["epsilon"]).epsilon())
    },
    LayerKind("group-norm", "group-norm: 8", "mean 0 and variance 1 of groups of channels of each picture") {
      (context) throws(DataError) in
      let settings = try context.settings(["groups", "epsilon"])
      let groups = try settings.required("groups").integer(in: 1...1 << 20)
      let channels = try context.picture().channels
      guard channels % groups == 0 else {
        throw context.node.failure("\(groups) groups do not divide \(channels) channels", advice: "choose a divisor")
      }
      return GroupNorm(groups: groups, channels, epsilon: try settings.epsilon())
    },
  ]
}

extension SpecSettings {
  fileprivate func epsilon() throws(DataError) -> Double { try self["epsilon"]?.number(in: 1e-12...1) ?? 1e-5 }
}
