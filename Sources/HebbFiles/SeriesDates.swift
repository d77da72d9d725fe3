import HebbArrays

/// Dates beside the values of a series: years, months, days or moments, such as 1958, 1958-03, 1958-03-29 and
/// 2016-07-01 00:00:00; slashes and points may stand for the dashes.
struct SeriesDates {
  /// How far apart two dates are: in months where days and times of the day do not differ, else in seconds.
  private let places: [Int]

  /// Nil where a label is no such date.
  init?(_ labels: some Sequence<String>) {
    var moments: [(month: Int, second: Int)] = []
    for label in labels {
      guard let moment = SeriesDates.moment(label) else { return nil }
      moments.append(moment)
    }
    guard let first = moments.first else { return nil }
    if moments.allSatisfy({ $0.second == first.second }) {
      places = moments.map(\.month)
    } else {
      places = moments.map { SeriesDates.day(firstOf: $0.month) * 86_400 + $0.second }
    }
  }

  /// Whether there are two dates or more, each before the last one.
  var runBackwards: Bool { places.count > 1 && zip(places, places.dropFirst()).allSatisfy { $0 > $1 } }

  /// The first date that does not lie behind the last one.
  var disorder: Int? { places.indices.dropFirst().first { places[$0] <= places[$0 - 1] } }

  /// The dates behind which more time passes than usual.
  var gaps: [Int] {
    let steps = zip(places, places.dropFirst()).map { abs($1 - $0) }
    guard !steps.isEmpty else { return [] }
    let usual = steps.sorted()[steps.count / 2]
    return steps.indices.filter { 2 * steps[$0] > 3 * usual }
  }

  /// Months since the year 0, and seconds since the month's begin.
  private static func moment(_ label: String) -> (month: Int, second: Int)? {
    let parts = label.split(maxSplits: 1) { $0 == " " || $0 == "T" }
    let date = parts.first?.split(omittingEmptySubsequences: false) { "-/.".contains($0) } ?? []
    guard (1...3).contains(date.count), date[0].count == 4, let year = number(date[0], 0...9999),
      let month = date.count > 1 ? number(date[1], 1...12) : 1, let day = date.count > 2 ? number(date[2], 1...31) : 1
    else { return nil }
    var seconds = (day - 1) * 86_400
    if parts.count > 1 {
      let clock = parts[1].prefix { $0.isNumber || $0 == ":" }.split(separator: ":", omittingEmptySubsequences: false)
      guard (2...3).contains(clock.count), let hour = number(clock[0], 0...24), let minute = number(clock[1], 0...59),
        let second = clock.count > 2 ? number(clock[2], 0...60) : 0
      else { return nil }
      seconds += hour * 3_600 + minute * 60 + second
    }
    return (year * 12 + month - 1, seconds)
  }

  private static func number(_ text: Substring, _ range: ClosedRange<Int>) -> Int? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(text), range.contains(value) else {
      return nil
    }
    return value
  }

  /// The number of a month's first day, in the Gregorian calendar.
  private static func day(firstOf month: Int) -> Int {
    // Years that begin in March: leap days are their last. From 400 years earlier, so that January of the year 0 lies in one.
    let (year, place) = (month + 4_798).quotientAndRemainder(dividingBy: 12)
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * place + 2) / 5
  }
}
