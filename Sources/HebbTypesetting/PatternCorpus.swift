import HebbArrays
import HebbData

/// Numbers, dates, prices, addresses and codes: what a page has besides words.
public struct PatternCorpus: Corpus {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// "40723", "-3.14", "1,250,000", "12.5%"
    case number
    /// "2019-03-07", "7 Mar 2019", "07.03.19"
    case date
    /// "14:05", "9.30 pm"
    case time
    /// "€ 12,50", "$1,250.00"
    case price
    /// "+49 30 901820", "(030) 90 18-20"
    case phone
    /// "j.meier7@post-amt.org"
    case email
    /// "www.kalo-net.org/venu?id=7"
    case link
    /// "X7-40Q", "aB9fK2"
    case code
    /// "2023年5月6日", "第18页", "￥350"
    case chinese
  }

  public let kinds: [Kind]

  /// - Parameter kinds: drawn evenly; all but the Chinese ones where none are named.
  public init(_ kinds: [Kind] = Kind.allCases.filter { $0 != .chinese }) { self.kinds = kinds }

  /// What meters, tickets and tables hold: figures and the marks between them.
  public static let figures = PatternCorpus([.number, .date, .time, .phone])

  public func line(
    of characters: CharacterCoverage, lengths: ClosedRange<Int>, using random: inout Philox
  ) -> String? {
    var line = LineText(random.whole(in: lengths), least: lengths.lowerBound)
    var misses = 0
    while misses < 50 && !kinds.isEmpty {
      let word = Array(Self.text(random.one(of: kinds), using: &random).unicodeScalars)
      if !word.allSatisfy(characters.contains) { misses += 1 } else if !line.append(word) { break }
    }
    return line.text
  }

  private static func text(_ kind: Kind, using random: inout Philox) -> String {
    switch kind {
    case .number: number(using: &random)
    case .date: date(using: &random)
    case .time: time(using: &random)
    case .price: price(using: &random)
    case .phone: phone(using: &random)
    case .email:
      "\(name(using: &random))\(random.happens(0.3) ? digits(1...4, using: &random) : "")@\(host(using: &random))"
    case .link: link(using: &random)
    case .code: code(using: &random)
    case .chinese: chinese(using: &random)
    }
  }

  private static func digits(_ count: ClosedRange<Int>, using random: inout Philox) -> String {
    (0..<random.whole(in: count)).map { _ in String(random.index(below: 10)) }.joined()
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Digits in groups of three.
  private static func grouped(_ separator: String, using random: inout Philox) -> String {
    let first = "\(random.whole(in: 1...999))"
    return ([first] + (0..<random.whole(in: 1...3)).map { _ in digits(3...3, using: &random) })
      .joined(separator: separator)
  }

  private static func number(using random: inout Philox) -> String {
    let plain = digits(1...8, using: &random)
    let fraction = digits(1...4, using: &random)
    return switch random.index(below: 12) {
    case 0: "\(digits(1...3, using: &random)).\(fraction)"
    case 1: "\(digits(1...3, using: &random)),\(fraction)"
    case 2: "-\(plain)"
    case 3: "+\(plain)"
    case 4: "\(digits(1...2, using: &random)).\(digits(1...1, using: &random))%"
    case 5: "\(digits(1...3, using: &random))%"
    case 6: grouped(",", using: &random)
    case 7: grouped(".", using: &random)
    case 8: "\(digits(1...3, using: &random))-\(digits(1...3, using: &random))"
    case 9: "\(digits(1...2, using: &random))/\(digits(1...2, using: &random))"
    default: plain
    }
  }

  private static func date(using random: inout Philox) -> String {
    let year = random.whole(in: 1900...2049)
    let (month, day) = (random.whole(in: 1...12), random.whole(in: 1...28))
    let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]
    return switch random.index(below: 8) {
    case 0: "\(year)-\(two(month))-\(two(day))"
    case 1: "\(two(day)).\(two(month)).\(year)"
    case 2: "\(day)/\(month)/\(two(year % 100))"
    case 3: "\(two(month))/\(two(day))/\(year)"
    case 4: "\(day) \(name) \(year)"
    case 5: "\(name) \(day), \(year)"
    case 6: "\(name.uppercased()) \(year)"
    default: "\(year)"
    }
  }

  private static func time(using random: inout Philox) -> String {
    let (hour, minute, second) = (random.index(below: 24), random.index(below: 60), random.index(below: 60))
    return switch random.index(below: 4) {
    case 0: "\(hour):\(two(minute))"
    case 1: "\(two(hour)):\(two(minute)):\(two(second))"
    case 2: "\(1 + hour % 12).\(two(minute)) \(random.one(of: ["am", "pm", "a.m.", "p.m."]))"
    default: "\(1 + hour % 12):\(two(minute)) \(random.one(of: ["AM", "PM"]))"
    }
  }

  private static func price(using random: inout Philox) -> String {
    let sign = random.one(of: ["$", "€", "£", "¥", "EUR", "USD", "CHF"])
    let isEuropean = random.happens(0.5)
    let whole = random.happens(0.3) ? grouped(isEuropean ? "." : ",", using: &random) : digits(1...4, using: &random)
    let amount = random.happens(0.7) ? "\(whole)\(isEuropean ? "," : ".")\(digits(2...2, using: &random))" : whole
    let space = sign.count > 1 || random.happens(0.3) ? " " : ""
    return isEuropean && random.happens(0.6) ? "\(amount)\(space)\(sign)" : "\(sign)\(space)\(amount)"
  }

  private static func phone(using random: inout Philox) -> String {
    let parts = (0..<random.whole(in: 1...3)).map { _ in digits(2...4, using: &random) }
    let rest = parts.joined(separator: random.one(of: [" ", "-", ".", ""]))
    return switch random.index(below: 3) {
    case 0: "+\(random.whole(in: 1...99)) \(digits(2...4, using: &random)) \(rest)"
    case 1: "(\(digits(2...4, using: &random))) \(rest)"
    default: "0\(digits(2...4, using: &random))-\(rest)"
    }
  }

  private static func name(using random: inout Philox) -> String {
    let first = MadeUpWords.word(using: &random)
    return random.happens(0.4) ? "\(first)\(random.one(of: [".", "_", "-"]))\(MadeUpWords.word(using: &random))" : first
  }

  private static func host(using random: inout Philox) -> String {
    "\(name(using: &random).filter { $0 != "_" }).\(random.one(of: ["com", "org", "net", "de", "fr", "cn", "co.uk", "eu", "io"]))"
  }

  private static func link(using random: inout Philox) -> String {
    var link = random.one(of: ["http://", "https://", "www.", "https://www.", ""]) + host(using: &random)
    for _ in 0..<random.index(below: 3) { link += "/\(name(using: &random))" }
    if random.happens(0.2) {
      link += random.one(of: [".html", "/", ".pdf", "?id=\(digits(1...4, using: &random))", "#top"])
    }
    return link
  }

  private static func code(using random: inout Philox) -> String {
    let upper = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    let mixed = upper + Array("abcdefghijklmnopqrstuvwxyz")
    let letters = random.happens(0.5) ? upper : mixed
    let parts = (0..<(random.happens(0.3) ? random.whole(in: 2...4) : 1)).map { _ in
      String((0..<random.whole(in: 2...8)).map { _ in random.one(of: letters) })
    }
    return parts.joined(separator: random.one(of: ["-", "-", "/", ".", ":", "_", "#", "+"]))
  }

  private static func chinese(using random: inout Philox) -> String {
    let (month, day) = (random.whole(in: 1...12), random.whole(in: 1...31))
    return switch random.index(below: 8) {
    case 0: "\(random.whole(in: 1900...2049))年\(month)月\(day)日"
    case 1: "\(month)月\(day)日"
    case 2: "第\(digits(1...3, using: &random))\(random.one(of: ["页", "章", "条", "号", "届", "期"]))"
    case 3: "￥\(digits(1...4, using: &random))"
    case 4: "\(digits(1...4, using: &random))\(random.one(of: ["元", "万元", "公里", "人", "个", "米", "次", "年"]))"
    case 5: "\(random.index(below: 24))时\(random.index(below: 60))分"
    case 6: "（\(random.one(of: Array("一二三四五六七八九十")))）"
    default: "\(digits(1...2, using: &random)).\(digits(1...1, using: &random))%"
    }
  }
}
