/// Numbers as people read them.
package enum NumberText {
  /// Ten to a whole power; exact from 10⁰ to 10²².
  static func powerOfTen(_ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<abs(exponent) { power *= 10 }
    return exponent < 0 ? 1 / power : power
  }

  /// A number with a fixed count of decimal places: `fixed(0.125, places: 2)` is `0.13`.
  package static func fixed(_ value: Double, places: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "−∞" : "∞" }
    let scaled = (value.magnitude * powerOfTen(places)).rounded()
    guard scaled < 9e15 else { return "\(value)" }
    var digits = String(Int(scaled))
    digits = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let whole = digits.dropLast(places)
    return (value < 0 && scaled > 0 ? "−" : "") + whole + (places > 0 ? "." + digits.suffix(places) : "")
  }

  /// A share in percent: `98.52 %`; a dash where there is none.
  package static func percent(_ share: Double, places: Int = 2) -> String {
    share.isNaN ? "–" : fixed(share * 100, places: places) + " %"
  }

  /// A number with few digits and no needless zeros: `0.9712`, `12.5`, `3×10⁻⁵`.
  package static func short(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, places: 0) }
    let exponent = Logarithm.exponent(of: value.magnitude)
    if exponent < -4 || exponent >= 6 { return scientific(value, exponent: exponent, places: digits - 1) }
    return trimmed(fixed(value, places: max(0, digits - 1 - exponent)))
  }

  /// Numbers with as few digits, two at least, as keep those apart that differ.
  package static func distinct(_ values: [Double]) -> [String] {
    let count = Set(values).count
    for digits in 2..<12 {
      let texts = values.map { short($0, digits: digits) }
      if Set(texts).count == count { return texts }
    }
    return values.map { short($0, digits: 12) }
  }

  /// A mantissa and a power of ten: `3×10⁻⁵`; a mantissa of 1 is left out: `10⁻⁵`.
  static func scientific(_ value: Double, exponent: Int, places: Int) -> String {
    let scale = powerOfTen(abs(exponent))
    let mantissa = trimmed(fixed(exponent < 0 ? value * scale : value / scale, places: places))
    let power = "10" + superscript(exponent)
    return mantissa == "1" ? power : mantissa == "−1" ? "−" + power : mantissa + "×" + power
  }

  /// A whole number in raised digits: `⁻⁵`.
  static func superscript(_ number: Int) -> String {
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    return (number < 0 ? "⁻" : "") + String(String(number.magnitude).compactMap(\.wholeNumberValue).map { digits[$0] })
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    let shorter = text.reversed().drop { $0 == "0" }
    return String((shorter.first == "." ? shorter.dropFirst() : shorter).reversed())
  }
}
