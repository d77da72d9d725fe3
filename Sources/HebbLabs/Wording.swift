import Hebb
import HebbPlots

/// Numbers and lists as they stand in tables and sentences.
enum Wording {
  /// `a, b and c`; `none` for an empty list.
  static func list(_ items: [String]) -> String {
    guard let last = items.last else { return "none" }
    return items.count == 1 ? last : items.dropLast().joined(separator: ", ") + " and " + last
  }

  /// 0.9312 as `93.1 %`; a dash where there is none.
  static func percent(_ share: Double) -> String { NumberText.percent(share, places: 1) }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// How far the values lie apart: the largest less the smallest.
  static func spread(_ values: [Double]) -> Double { (values.max() ?? .nan) - (values.min() ?? .nan) }

  /// A loss or another number near 1.
  static func number(_ value: Double) -> String { NumberText.fixed(value, places: 3) }

  /// A number of any size with few digits; a dash where there is none.
  static func short(_ value: Double, digits: Int = 3) -> String { NumberText.short(value, digits: digits) }

  /// The common logarithm: how many powers of ten.
  static func log10(_ value: Double) -> Double { Mathematics.log(value) / Mathematics.log(10) }

  /// 12345 as `12,345`.
  static func count(_ number: Int) -> String {
    let digits = String(number)
    return String(
      digits.enumerated().flatMap { index, digit in
        index > 0 && (digits.count - index) % 3 == 0 ? [",", digit] : [digit]
      })
  }
}
