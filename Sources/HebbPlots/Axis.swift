import HebbArrays

/// How one direction of a plot is measured.
public struct Axis: Sendable {
  /// What is measured, with its unit; empty for none.
  public var label: String
  /// Whether distances follow the numbers or their logarithms.
  public var scale: Scale
  /// The numbers at both ends; by default, what the data need.
  public var range: ClosedRange<Double>?
  /// Names instead of numbers, at 0, 1, 2 and so on.
  public var names: [String]
  /// Texts at some places instead of numbers; where they would touch, as many as there is room for.
  public var marks: [Mark]

  /// A text at a place of an axis.
  public struct Mark: Sendable {
    /// The place, in the axis's own numbers.
    public var value: Double
    /// What stands there.
    public var label: String

    /// A mark with these words at a number.
    public init(_ value: Double, _ label: String) { (self.value, self.label) = (value, label) }
  }

  /// How numbers become distances.
  public enum Scale: Sendable {
    /// Equal steps at even distances.
    case linear
    /// Powers of ten at even distances. Numbers that are not positive are left out.
    case logarithmic
  }

  /// An axis; the names or marks, if any, replace its numbers.
  public init(
    _ label: String = "", scale: Scale = .linear, range: ClosedRange<Double>? = nil, names: [String] = [],
    marks: [Mark] = []
  ) {
    require(
      scale == .linear || (range?.lowerBound ?? 1) > 0, "a logarithmic axis cannot begin at \(range?.lowerBound ?? 0)")
    self.label = label
    self.scale = scale
    self.range = range
    self.names = names
    self.marks = marks
  }

  /// Whether a number has a place on this axis: it is finite, not astronomical, and has a logarithm if it needs one.
  func accepts(_ value: Double) -> Bool {
    scale == .linear ? value.magnitude < 1e150 : value > 1e-150 && value < 1e150
  }

  /// What the axis measures evenly: the number itself or its logarithm.
  private func measure(_ value: Double) -> Double { scale == .linear ? value : Logarithm.base10(value) }

  /// Where a number lies between the ends of a range, from 0 to 1.
  func position(_ value: Double, in range: ClosedRange<Double>) -> Double {
    let low = measure(range.lowerBound)
    return (measure(value) - low) / (measure(range.upperBound) - low)
  }

  /// - Parameter isWhole: whether only whole numbers make sense, as for epochs.
  func ticks(in range: ClosedRange<Double>, count: Int, isWhole: Bool = false) -> [Tick] {
    if !names.isEmpty {
      return names.enumerated().map { Tick(value: Double($0), label: $1) }.filter { range.contains($0.value) }
    }
    if !marks.isEmpty {
      let shown = marks.filter { range.contains($0.value) }
      let every = max(1, (shown.count + count - 1) / max(count, 1))
      return shown.indices.filter { $0 % every == 0 }.map { Tick(value: shown[$0].value, label: shown[$0].label) }
    }
    return scale == .linear
      ? Ticks.linear(range, count: count, isWhole: isWhole) : Ticks.logarithmic(range, count: count)
  }

  /// The ends of the axis for some numbers: the given range, or one that holds all numbers with some air around them.
  /// - Parameter isRounded: whether a linear axis ends at round numbers.
  func range(for values: [Double], padding: Double, isRounded: Bool) -> ClosedRange<Double> {
    if let range, range.upperBound > range.lowerBound { return range }
    let valid = values.filter(accepts)
    guard var low = valid.min(), var high = valid.max() else { return scale == .linear ? 0...1 : 0.1...10 }
    if scale == .logarithmic {
      var air = high / low
      for _ in 0..<5 { air = air.squareRoot() }
      return low / max(air, 1.1)...high * max(air, 1.1)
    }
    if low == high {
      let air = low == 0 ? 1 : low.magnitude * 0.1
      (low, high) = (low - air, high + air)
    }
    let air = (high - low) * padding
    if isRounded {
      let isShare = low >= 0 && high <= 1 && high > 0.5
      let floor = low >= 0 && low - air < 0 ? 0 : low - air * 0.5
      let rounded = Ticks.rounded(floor...high + air * 0.5, count: 5)
      return isShare ? rounded.clamped(to: 0...1) : rounded
    }
    return low - air...high + air
  }
}
