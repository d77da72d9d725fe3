import HebbArrays
import HebbData

/// How one line is set: what was drawn from a ``LineStyle``.
struct LineSetting {
  /// Pixels of an em.
  let size: Float
  let manner: GlyphManner
  let spacing: TextLayout.Spacing
  /// How far each character leaves the baseline, in pixels.
  let jitter: Float

  init(_ style: LineStyle, using random: inout Philox) {
    // Small sizes are likelier: they are more common, and harder to read.
    let (low, high) = (style.sizes.lowerBound, style.sizes.upperBound)
    let part = random.fraction()
    let size = low + (high - low) * part * (1 + part) / 2
    var manner = GlyphManner(size: Int((size * 64).rounded()))
    manner.boldness = (style.boldness.drawn(using: &random) ?? 0) * size
    manner.slant = style.slant.drawn(using: &random) ?? 0
    manner.stretch = style.stretch.drawn(using: &random) ?? 1
    manner.isHinted = random.happens(style.hinted)
    self.size = size
    self.manner = manner
    spacing = TextLayout.Spacing(
      letters: style.letterSpacing.drawn(using: &random) ?? 0, words: style.wordSpacing.drawn(using: &random) ?? 0,
      stretch: manner.stretch)
    jitter = (style.jitter.drawn(using: &random) ?? 0) * size
  }
}
