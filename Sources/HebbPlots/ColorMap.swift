import HebbArrays

/// A scale from numbers to colours, in steps that look even to the eye.
public struct ColorMap: Sendable {
  private let stops: [Color]

  /// Colours at even distances from 0 to 1; between them they are mixed.
  public init(_ stops: [Color]) {
    require(stops.count >= 2, "a colour map needs two colours at least, not \(stops.count)")
    self.stops = stops
  }

  /// The colour of a number between 0 and 1. Numbers outside take the colour of the nearer end, NaN a light grey.
  public subscript(_ value: Double) -> Color {
    guard !value.isNaN else { return .grid }
    let position = min(max(value, 0), 1) * Double(stops.count - 1)
    let index = min(Int(position), stops.count - 2)
    return stops[index].mixed(with: stops[index + 1], share: position - Double(index))
  }

  /// White to dark blue: counts and shares, where nothing should look like nothing.
  public static let blues = ColorMap([
    Color(0xFBFCFE), Color(0xDEEBF7), Color(0xC0D9EE), Color(0x91BFE0), Color(0x5A9FCE), Color(0x2B7CB8),
    Color(0x0B559F),
    Color(0x08306B),
  ])

  /// Dark violet over green to yellow.
  ///
  /// - Source: van der Walt and Smith 2015, "A better default colormap for matplotlib"; nine samples.
  public static let viridis = ColorMap([
    Color(0x440154), Color(0x472D7B), Color(0x3B528B), Color(0x2C728E), Color(0x21918C), Color(0x28AE80),
    Color(0x5EC962),
    Color(0xADDC30), Color(0xFDE725),
  ])
}
