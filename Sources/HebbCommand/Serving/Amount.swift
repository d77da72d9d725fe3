import ArgumentParser

/// A number such as 500, 16M or 1.5G: thousands, millions, thousands of millions.
struct Amount: ExpressibleByArgument, CustomStringConvertible {
  let count: Int

  init(_ count: Int) { self.count = count }

  init?(argument: String) {
    let unit = ["k": 1e3, "m": 1e6, "g": 1e9][argument.last?.lowercased() ?? ""]
    guard let number = Double(unit == nil ? argument : String(argument.dropLast())), number >= 0,
      let count = Int(exactly: (number * (unit ?? 1)).rounded())
    else { return nil }
    self.count = count
  }

  var description: String { count % 1_000_000 == 0 ? "\(count / 1_000_000)M" : "\(count)" }
}
