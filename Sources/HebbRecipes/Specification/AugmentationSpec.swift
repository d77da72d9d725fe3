import HebbArrays
import HebbData

/// Random changes of training pictures, by name.
///
///     augment: [crop: 4, flip: 0.5, shift: 0.1, rotate: 10, noise: 8, cutout: 8]
///
/// `{crop: {padding: 4, fill: 255}}` says what appears at the borders; 0 by default.
package enum AugmentationSpec {
  package static let words = [
    SpecWord("crop", "crop: 4", "moves by up to so many pixels"),
    SpecWord("shift", "shift: 0.1", "moves by up to this share of the picture"),
    SpecWord("rotate", "rotate: 10", "turns by up to so many degrees"),
    SpecWord("flip", "flip: 0.5", "mirrors left and right, this often"),
    SpecWord("noise", "noise: 8", "adds normal noise of this deviation"),
    SpecWord("cutout", "{cutout: {side: 8, fill: 255}}", "covers a square"),
  ]

  package static func make(_ item: SpecNode.Item) throws(DataError) -> any Augmentation {
    func amount(_ name: String, _ range: ClosedRange<Double>) throws(DataError) -> (Float, fill: Float) {
      guard case .entries = item.argument.value else { return (Float(try item.argument.number(in: range)), 0) }
      let settings = try item.argument.settings([name, "fill"], of: item.name)
      return (
        Float(try settings.required(name).number(in: range)), Float(try settings["fill"]?.number(in: -1e6...1e6) ?? 0)
      )
    }
    switch item.name {
    case "crop":
      let (padding, fill) = try amount("padding", 0...64)
      return RandomCrop(padding: Int(padding), fill: fill)
    case "shift":
      let (fraction, fill) = try amount("fraction", 0...1)
      return Shift(fraction: fraction, fill: fill)
    case "rotate":
      let (degrees, fill) = try amount("degrees", 0...180)
      return Rotation(degrees: degrees, fill: fill)
    case "flip":
      if case .null = item.argument.value { return Flip() }
      return Flip(probability: Float(try item.argument.number(in: 0...1)))
    case "noise": return Noise(deviation: Float(try item.argument.number(in: 0...1e6)))
    case "cutout":
      let (side, fill) = try amount("side", 0...4096)
      return CutOut(side: Int(side), fill: fill)
    default: throw item.node.unknown(item.name, among: words.map(\.name), "change of a picture")
    }
  }
}
