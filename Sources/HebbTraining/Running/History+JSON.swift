import HebbArrays

extension EpochRecord {
  package var json: JSON {
    .object([
      .init("epoch", .integer(epoch)), .init("trainingLoss", .number(trainingLoss)),
      .init("trainingMetrics", .array(trainingMetrics.map(\.json))),
      .init("validationLoss", validationLoss.map { .array([.number($0)]) } ?? .null),
      .init("validationMetrics", .array(validationMetrics.map(\.json))),
      .init("learningRate", .number(learningRate)), .init("seconds", .number(seconds)),
    ])
  }

  /// Nil where the value is no epoch. A number that JSON cannot write comes back as NaN.
  package init?(_ json: JSON) {
    guard let epoch = json["epoch"]?.integer, let trainingLoss = json["trainingLoss"]?.numberOrNaN,
      let learningRate = json["learningRate"]?.numberOrNaN, let seconds = json["seconds"]?.numberOrNaN,
      let trainingMetrics = MetricValue.list(json["trainingMetrics"]),
      let validationMetrics = MetricValue.list(json["validationMetrics"])
    else { return nil }
    self.init(
      epoch: epoch, trainingLoss: trainingLoss, trainingMetrics: trainingMetrics,
      validationLoss: json["validationLoss"]?.elements?.first?.numberOrNaN, validationMetrics: validationMetrics,
      learningRate: learningRate, seconds: seconds)
  }
}

extension MetricValue {
  fileprivate var json: JSON {
    .object([
      .init("name", .string(name)), .init("value", .number(value)), .init("higherIsBetter", .bool(higherIsBetter)),
    ])
  }

  fileprivate static func list(_ json: JSON?) -> [MetricValue]? {
    guard let elements = json?.elements else { return nil }
    let values = elements.compactMap { element -> MetricValue? in
      guard let name = element["name"]?.string, let value = element["value"]?.numberOrNaN,
        let higherIsBetter = element["higherIsBetter"]
      else { return nil }
      return MetricValue(name: name, value: value, higherIsBetter: higherIsBetter == .bool(true))
    }
    return values.count == elements.count ? values : nil
  }
}

extension History {
  package var json: JSON { .array(epochs.map(\.json)) }

  package init?(_ json: JSON) {
    guard let elements = json.elements else { return nil }
    let epochs = elements.compactMap(EpochRecord.init)
    guard epochs.count == elements.count else { return nil }
    self.init(epochs)
  }
}

extension JSON {
  /// The number; NaN for `null`, which stands for numbers that JSON cannot write.
  package var numberOrNaN: Double? { self == .null ? .nan : double }
}
