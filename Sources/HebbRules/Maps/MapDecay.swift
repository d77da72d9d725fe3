/// How a rate or a radius shrinks from its first value v while T steps are made; t counts from 0.
public enum MapDecay: String, Sendable, CaseIterable {
  /// v / (1 + 2 t / T): a third of v in the end.
  case asymptotic
  /// v C / (C + t), C = T / 100.
  case inverseToZero
  /// v (1 − t / T)
  case linearToZero
  /// v / (1 + t (v − 1) / T): 1 in the end.
  case inverseToOne
  /// v + t (1 − v) / T
  case linearToOne
  /// v
  case constant

  /// What a first value has become at a step, counted from 0.
  public func callAsFunction(_ value: Double, step: Int, of steps: Int) -> Double {
    let (t, total) = (Double(step), Double(steps))
    switch self {
    case .asymptotic: return value / (1 + t / (total / 2))
    case .inverseToZero:
      let c = total / 100
      return value * c / (c + t)
    case .linearToZero: return value * (1 - t / total)
    case .inverseToOne: return value / (1 + t * ((value - 1) / total))
    case .linearToOne: return value + t * (1 - value) / total
    case .constant: return value
    }
  }
}
