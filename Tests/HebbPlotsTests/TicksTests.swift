import HebbPlots
import Testing

@Suite struct TicksTests {
  @Test func linearTicksAreRoundNumbers() {
    #expect(Ticks.linear(0...1, count: 5).map(\.label) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(Ticks.linear(-37...112, count: 6).map(\.value) == [-20, 0, 20, 40, 60, 80, 100])
    #expect(Ticks.linear(-0.03...0.05, count: 4).map(\.label) == ["−0.02", "0.00", "0.02", "0.04"])
    #expect(Ticks.linear(1...3, count: 8, isWhole: true).map(\.label) == ["1", "2", "3"])
  }

  @Test func largeAndSmallNumbersArePowersOfTen() {
    #expect(Ticks.linear(0...3e8, count: 3).map(\.label) == ["0", "10⁸", "2×10⁸", "3×10⁸"])
    #expect(Ticks.linear(1e-9...3e-9, count: 2).map(\.label) == ["10⁻⁹", "2×10⁻⁹", "3×10⁻⁹"])
  }

  @Test func logarithmicTicksAreDecades() {
    #expect(Ticks.logarithmic(0.01...100, count: 6).map(\.label) == ["0.01", "0.1", "1", "10", "100"])
    #expect(Ticks.logarithmic(1e-12...1, count: 4).map(\.label) == ["10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "1"])
    #expect(Ticks.logarithmic(2...30, count: 6).map(\.value) == [2, 5, 10, 20])
  }

  /// Every range gets ticks that lie inside, rise, and are neither too few nor too many.
  @Test func everyRangeHasTicks() {
    for exponent in stride(from: -12.0, through: 12, by: 1.37) {
      for (low, width) in [(0.0, 1.0), (-3.3, 7.1), (0.999, 0.001), (5, 123)] {
        var scale = 1.0
        for _ in 0..<Int(exponent.magnitude) { scale *= exponent < 0 ? 0.1 : 10 }
        let range = low * scale...(low + width) * scale
        let values = Ticks.linear(range, count: 5).map(\.value)
        #expect((3...9).contains(values.count), "\(range): \(values)")
        #expect(zip(values, values.dropFirst()).allSatisfy(<))
        #expect(values.allSatisfy { $0 >= range.lowerBound - width * scale * 1e-6 })
      }
    }
  }

  @Test func numbersAreShort() {
    #expect(NumberText.short(0.97125) == "0.9713")
    #expect(NumberText.short(12.5) == "12.5")
    #expect(NumberText.short(0) == "0")
    #expect(NumberText.short(3e-5) == "3×10⁻⁵")
    #expect(NumberText.short(-1_234_567) == "−1.235×10⁶")
    #expect(NumberText.short(.nan) == "–")
    #expect(NumberText.fixed(-0.001, places: 2) == "0.00")
    #expect(NumberText.fixed(0.125, places: 2) == "0.13")
    #expect(NumberText.percent(0.9375) == "93.75 %" && NumberText.percent(0.5, places: 0) == "50 %")
    #expect(NumberText.percent(.nan) == "–")
    #expect(NumberText.distinct([0.5012, 0.5034, 0.5034, 12]) == ["0.501", "0.503", "0.503", "12"])
    #expect(NumberText.distinct([1, 1]) == ["1", "1"])
  }
}
