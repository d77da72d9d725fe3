import HebbArrays
import HebbData

/// What is done to inputs before a network sees them.
///
///     normalize: channels                            # mean 0 and variance 1, each channel by itself; the default
///     normalize: elements                            # each pixel or feature by itself
///     normalize: unit                                # bytes to 0…1, floats as they are
///     normalize: {mean: 0.1307, deviation: 0.3081}   # of pixels between 0 and 1; one number, or one for each channel
package enum NormalizationSpec: Sendable {
  case channels, elements, unit
  case numbers(mean: [Double], deviation: [Double])

  package static let standard = NormalizationSpec.channels

  package init(_ node: SpecNode) throws(DataError) {
    guard case .entries = node.value else {
      self = try node.choice(
        [("channels", .channels), ("elements", .elements), ("unit", .unit)], of: "kind of normalisation")
      return
    }
    let settings = try node.settings(["mean", "deviation"], of: "normalize")
    var mean: [Double] = []
    for number in try settings.required("mean").list { mean.append(try number.number(in: -1e9...1e9)) }
    var deviation: [Double] = []
    for number in try settings.required("deviation").list { deviation.append(try number.number(in: 1e-9...1e9)) }
    guard mean.count == deviation.count, !mean.isEmpty else {
      throw node.failure("\(mean.count) means and \(deviation.count) deviations", advice: "write as many of each")
    }
    self = .numbers(mean: mean, deviation: deviation)
  }

  /// The normalisation for these training inputs.
  package func fitted(to train: ArrayDataset, node: SpecNode) throws(DataError) -> Normalization {
    switch self {
    case .channels: return Normalization(fitting: train.inputs)
    case .elements: return Normalization(fittingElementsOf: train.inputs)
    case .unit: return train.normalization
    case .numbers(let mean, let deviation):
      guard mean.count == 1 || mean.count == train.inputs.shape.innermost else {
        throw node.failure(
          "\(mean.count) means for \(train.inputs.shape.innermost) channels", advice: "write one, or one for each")
      }
      let scale: Double = train.inputs.dtype == .uint8 ? 255 : 1
      return Normalization(mean: mean.map { Float($0 * scale) }, deviation: deviation.map { Float($0 * scale) })
    }
  }
}
