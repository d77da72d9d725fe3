import HebbArrays
import HebbData

/// Something that happens with a probability, and how strongly: a number drawn evenly from a range.
public struct Chance: Sendable, Hashable {
  public var probability: Float
  public var range: ClosedRange<Float>

  public init(_ probability: Float, _ range: ClosedRange<Float>) {
    require((0...1).contains(probability), "a probability of \(probability) is not within 0 to 1")
    self.probability = probability
    self.range = range
  }

  /// It never happens.
  public static let never = Chance(0, 0...0)

  /// How strongly it happens this time; `nil` where it does not. Takes the same count of numbers either way.
  func drawn(using random: inout Philox) -> Float? {
    let happens = random.fraction() < probability
    let value = random.number(in: range)
    return happens ? value : nil
  }
}
