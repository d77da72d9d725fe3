import HebbPlots

/// Numbers as the commands print them.
enum NumberFormat {
  /// A share in percent: `98.52 %`.
  static func percent(_ share: Double, places: Int = 2) -> String {
    NumberText.percent(share, places: places)
  }

  /// A time: `0.8 s`, `12 s`, `3 min 20 s`.
  static func time(_ seconds: Double) -> String {
    if seconds < 10 { return "\(NumberText.fixed(seconds, places: 1)) s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  /// A whole number with separators: `1,234,567`.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }
}
