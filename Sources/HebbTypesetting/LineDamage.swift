/// What happens to lines on their way from the printer into a file. Lengths are in parts of the line's height unless they
/// say pixels, so that small and large lines suffer alike.
public struct LineDamage: Sendable, Hashable {
  // The shape of the paper.
  /// How far the line's right end lies below its left (negative: above).
  public var slope = Chance.never
  /// The tangent by which uprights lean.
  public var shear = Chance.never
  /// How far the line waves up and down.
  public var wave = Chance.never
  /// How much higher the line is at its right end than at its left.
  public var perspective = Chance.never

  // What else stands on the paper.
  /// Lines above and below, this far from baseline to baseline in parts of the size: what of them reaches into the picture.
  public var neighbours = Chance.never
  /// A stroke below the line, this thick.
  public var underline = Chance.never
  /// Strokes at the picture's sides, as of a table, this thick.
  public var borders = Chance.never

  // Light and paper, in parts of the difference between ink and paper.
  /// Stains and grain of the paper.
  public var texture = Chance.never
  /// How uneven the ink lies.
  public var fading = Chance.never
  /// How much darker one side or corner is, in parts of its light.
  public var shadow = Chance.never

  // The camera, the scanner and the file.
  /// The standard deviation of a Gaussian blur.
  public var blur = Chance.never
  /// The length of a movement while the picture was taken.
  public var motion = Chance.never
  /// How many rows are left when the picture is made smaller, before it is made as large again; in pixels.
  public var lowResolution = Chance.never
  /// The standard deviation of noise in grey levels of 255.
  public var noise = Chance.never
  /// The share of pixels that are black or white.
  public var specks = Chance.never
  /// Black and white only, as from a fax: where the limit between them lies between ink (0) and paper (1).
  public var threshold = Chance.never
  /// The quality of a JPEG file, 1 to 100.
  public var compression = Chance.never

  /// Lines as they were drawn.
  public init() {}

  /// A picture made by a computer: none, or hardly any.
  public static var clean: LineDamage {
    var damage = LineDamage()
    damage.blur = Chance(0.15, 0.005...0.02)
    damage.lowResolution = Chance(0.1, 18...30)
    damage.compression = Chance(0.2, 60...95)
    damage.slope = Chance(0.1, -0.05...0.05)
    return damage
  }

  /// What makes captchas hard to read for machines, and not too hard for people.
  public static var captcha: LineDamage {
    var damage = LineDamage()
    damage.slope = Chance(0.5, -0.2...0.2)
    damage.shear = Chance(0.4, -0.2...0.2)
    damage.wave = Chance(0.8, 0.02...0.12)
    damage.texture = Chance(0.4, 0.05...0.4)
    damage.fading = Chance(0.2, 0.1...0.4)
    damage.blur = Chance(0.3, 0.01...0.03)
    damage.noise = Chance(0.4, 2...20)
    damage.specks = Chance(0.3, 0.002...0.03)
    damage.compression = Chance(0.4, 30...90)
    return damage
  }

  /// Scans, photographs and faxes of paper; of every kind some, and most lines can still be read well.
  public static var photographed: LineDamage {
    var damage = LineDamage()
    damage.slope = Chance(0.3, -0.25...0.25)
    damage.shear = Chance(0.2, -0.15...0.15)
    damage.wave = Chance(0.15, 0.01...0.08)
    damage.perspective = Chance(0.15, -0.2...0.2)
    damage.neighbours = Chance(0.25, 1.05...1.5)
    damage.underline = Chance(0.06, 0.02...0.08)
    damage.borders = Chance(0.08, 0.02...0.08)
    damage.texture = Chance(0.3, 0.03...0.3)
    damage.fading = Chance(0.15, 0.1...0.5)
    damage.shadow = Chance(0.3, 0.1...0.6)
    damage.blur = Chance(0.35, 0.01...0.055)
    damage.motion = Chance(0.07, 0.03...0.12)
    damage.lowResolution = Chance(0.2, 11...24)
    damage.noise = Chance(0.35, 1...18)
    damage.specks = Chance(0.06, 0.001...0.02)
    damage.threshold = Chance(0.07, 0.35...0.7)
    damage.compression = Chance(0.4, 12...80)
    return damage
  }
}
