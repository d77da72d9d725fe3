/// Numbers in plain letters, for logs, bars and messages.
package enum PlainNumber {
  /// With a fixed number of digits after the point, such as 0.9750.
  static func fixed(_ x: Double, digits: Int) -> String {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = (x.magnitude * scale).rounded()
    guard scaled < 1e15 else { return String(x) }
    let text = String(Int(scaled))
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    let sign = x < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return sign + padded }
    return sign + padded.dropLast(digits) + "." + padded.suffix(digits)
  }

  /// About four digits that count: 12.35, 0.1235, 1.235e-05.
  static func short(_ x: Double) -> String {
    guard x.isFinite, x != 0 else { return x == 0 ? "0" : String(x) }
    let size = x.magnitude
    if size >= 1e-3 && size < 1e6 {
      return fixed(x, digits: size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4)
    }
    var (mantissa, exponent) = (size, 0)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    if mantissa >= 9.9995 { (mantissa, exponent) = (1, exponent + 1) }
    var digits = fixed(mantissa, digits: 3)
    while digits.hasSuffix("0") { digits.removeLast() }
    if digits.hasSuffix(".") { digits.removeLast() }
    return (x < 0 ? "-" : "") + digits + "e" + (exponent < 0 ? "-" : "") + String(exponent.magnitude)
  }

  /// With its noun: "1 epoch", "3 epochs".
  package static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// 0:07, 12:34 or 1:02:03.
  static func time(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "–" }
    let whole = Int(max(0, seconds).rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    let tail = rest < 10 ? "0\(rest)" : "\(rest)"
    guard hours > 0 else { return "\(minutes):\(tail)" }
    return "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(tail)"
  }
}
