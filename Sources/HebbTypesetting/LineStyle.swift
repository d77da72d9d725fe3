/// How lines are set: what a printer or a designer may choose. Lengths are in parts of the size unless they say pixels.
public struct LineStyle: Sendable, Hashable {
  /// Pixels of an em; small sizes are likelier than large ones.
  public var sizes: ClosedRange<Float> = 13...48
  /// How much heavier strokes become.
  public var boldness = Chance(0.2, -0.015...0.04)
  /// The tangent of a slant to the right.
  public var slant = Chance(0.1, -0.1...0.3)
  /// How many times as wide letters are.
  public var stretch = Chance(0.25, 0.8...1.2)
  /// What is added after each character.
  public var letterSpacing = Chance(0.2, -0.03...0.25)
  /// What is added after each space.
  public var wordSpacing = Chance(0.3, -0.1...0.8)
  /// How far each character may leave the baseline.
  public var jitter = Chance(0.1, 0.005...0.05)
  /// How likely heights are brought onto whole pixels, as on screens.
  public var hinted: Float = 0.2
  /// How likely light text stands on dark paper.
  public var inverted: Float = 0.15
  /// The least difference between ink and paper, in grey levels of 255.
  public var contrast: Float = 70
  /// How likely a line is cut out close to its ink, at each side: a little of it may be lost.
  public var tight: Float = 0.35
  /// Else the margin at each side, in parts of the line's height.
  public var margins: ClosedRange<Float> = 0...0.5

  public init() {}

  /// Everything as plain as books have it: black on white, with narrow margins.
  public static var plain: LineStyle {
    var style = LineStyle()
    style.boldness = .never
    style.slant = .never
    style.stretch = .never
    style.letterSpacing = .never
    style.wordSpacing = .never
    style.jitter = .never
    style.inverted = 0
    style.contrast = 200
    style.tight = 0
    style.margins = 0.05...0.3
    return style
  }
}
