/// Finds what somebody meant who mistyped a name.
package enum NearestName {
  /// The name with the fewest letters to change, if that is no more than half of them.
  package static func find(_ wanted: String, among names: [String]) -> String? {
    let wanted = Array(wanted.lowercased().prefix(64))
    let measured = names.map { (name: $0, distance: distance(wanted, Array($0.lowercased()))) }
    guard let best = measured.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance * 2 <= max(wanted.count, 2) ? best.name : nil
  }

  /// How many letters must be inserted, removed, replaced or swapped with their neighbour.
  ///
  /// - Source: Damerau 1964, "A technique for computer detection and correction of spelling errors",
  ///   doi:10.1145/363958.363994.
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { rows[i][0] = i }
    for j in 0...b.count { rows[0][j] = j }
    for i in 1...a.count {
      for j in 1...b.count {
        let replaced = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        rows[i][j] = min(replaced, rows[i - 1][j] + 1, rows[i][j - 1] + 1)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
        }
      }
    }
    return rows[a.count][b.count]
  }
}
