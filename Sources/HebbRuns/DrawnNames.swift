import HebbPlots

/// Names on pictures of pixels, whose pen cannot write all scripts.
package enum DrawnNames {
  /// The numbers that stand for names where the pen cannot write all of them; nil where it can.
  package static func numbered(_ names: [String]) -> [(number: String, name: String)]? {
    guard !names.allSatisfy(StrokeFont.draws) else { return nil }
    return names.enumerated().map { (String($0.offset), $0.element) }
  }
}
