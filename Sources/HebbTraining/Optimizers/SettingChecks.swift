import HebbArrays

/// Stops an optimiser with settings that no step can be made with.
struct SettingChecks {
  let name: String

  init(_ name: String, rate: Double) {
    self.name = name
    require(rate >= 0 && rate.isFinite, "\(name): the learning rate \(rate) is not a number from 0 up")
  }

  /// Parts of an average: in 0..<1.
  func share(_ setting: String, _ value: Double) {
    require(value >= 0 && value < 1, "\(name): \(setting) \(value) is not in 0..<1")
  }

  /// A number from 0 up.
  func size(_ setting: String, _ value: Double) {
    require(value >= 0 && value.isFinite, "\(name): \(setting) \(value) is not a number from 0 up")
  }
}
