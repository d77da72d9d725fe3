/// A colour in sRGB, with an opacity.
public struct Color: Sendable, Hashable {
  /// The red part, from 0 to 255.
  public var red: UInt8
  /// The green part, from 0 to 255.
  public var green: UInt8
  /// The blue part, from 0 to 255.
  public var blue: UInt8
  /// From 0, invisible, to 1, opaque.
  public var opacity: Double

  /// A colour written as in a style sheet: `Color(0x0072B2)` is a strong blue.
  public init(_ hexadecimal: UInt32, opacity: Double = 1) {
    red = UInt8(hexadecimal >> 16 & 0xFF)
    green = UInt8(hexadecimal >> 8 & 0xFF)
    blue = UInt8(hexadecimal & 0xFF)
    self.opacity = opacity
  }

  /// The same colour, more or less transparent.
  public func opacity(_ opacity: Double) -> Color {
    var color = self
    color.opacity = opacity
    return color
  }

  /// The colour a share of the way to another one: 0 is this colour, 1 the other.
  public func mixed(with other: Color, share: Double) -> Color {
    let part = min(max(share, 0), 1)
    func mix(_ a: UInt8, _ b: UInt8) -> UInt32 {
      let (from, to) = (Double(a), Double(b))
      return UInt32((from + (to - from) * part).rounded())
    }
    let packed = mix(red, other.red) << 16 | mix(green, other.green) << 8 | mix(blue, other.blue)
    return Color(packed, opacity: opacity + (other.opacity - opacity) * share)
  }

  /// Black or white, whichever is easier to read on this colour.
  public var readableInk: Color {
    let luma = 0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)
    return luma > 140 ? Color.ink : Color.white
  }

  /// `#rrggbb`, for SVG.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef")
    return "#" + [red, green, blue].map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
  }
}

extension Color {
  /// The empty sheet, and letters on dark colours.
  public static let white = Color(0xFFFFFF)
  /// Nearly black: titles and labels.
  public static let ink = Color(0x24292F)
  /// Grey: tick labels and captions.
  public static let quiet = Color(0x57606A)
  /// Light grey: grid lines.
  public static let grid = Color(0xE6E8EB)
  /// Middle grey: the axes themselves, and marker lines.
  public static let axis = Color(0x8C959F)

  /// Colours that people with any kind of colour vision tell apart.
  ///
  /// - Source: Okabe and Ito 2008, "Color universal design", https://jfly.uni-koeln.de/color/; their yellow, too pale
  ///   for a line on white, is left out.
  public static let palette: [Color] = [
    Color(0x0072B2), Color(0xD55E00), Color(0x009E73), Color(0xCC79A7), Color(0xE69F00), Color(0x56B4E9),
    Color(0x4D4D4D),
  ]
}
