import HebbArrays

/// A curve in one line of text: `█▅▃▂▁▁`.
public enum Sparkline {
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// Numbers as blocks of eight heights, the smallest lowest. Numbers that are missing (NaN or infinite) leave a space.
  ///
  /// - Parameter width: how many characters at most; more numbers than that are averaged in groups.
  public static func text(_ values: [Double], width: Int = 40) -> String {
    require(width > 0, "a sparkline of \(width) characters has no room")
    let columns = min(width, values.count)
    let means = (0..<columns).map { column in
      let group = values[column * values.count / columns..<(column + 1) * values.count / columns].filter(\.isFinite)
      return group.isEmpty ? .nan : group.reduce(0) { $0 + $1 / Double(group.count) }
    }
    let valid = means.filter(\.isFinite)
    guard let low = valid.min(), let high = valid.max() else { return String(repeating: " ", count: columns) }
    return String(
      means.map { value in
        guard value.isFinite else { return " " }
        let share = high > low ? value / (high - low) - low / (high - low) : 0.5
        return blocks[min(max(Int(share * 8), 0), 7)]
      })
  }
}
