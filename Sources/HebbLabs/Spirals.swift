import Hebb

/// Two spirals that turn into each other: points `[2]` in two classes that no straight line parts.
///
/// - Source: Lang and Witbrock 1988, "Learning to tell two spirals apart".
enum Spirals {
  static func sets(_ options: LabOptions, noise: Double = 0.04) -> DigitSets {
    var random = options.random(0x5317)
    let sets = [400, 400].map { count in
      let noises = NDArray.normal([count, 2], standardDeviation: noise, using: &random).elements(as: Float.self)
      var points: [Float] = []
      for index in 0..<count {
        let share = (Double(index / 2) + 0.5) / Double(count / 2)
        let (radius, angle) = (0.1 + 0.9 * share, 3 * Double.pi * share + (index % 2 == 0 ? 0 : Double.pi))
        points.append(Float(radius * Mathematics.cos(angle)) + noises[2 * index])
        points.append(Float(radius * Mathematics.sin(angle)) + noises[2 * index + 1])
      }
      return ArrayDataset(
        name: "spirals", inputs: NDArray(points, shape: [count, 2]),
        targets: NDArray((0..<count).map { Int32($0 % 2) }), classNames: ["first", "second"])
    }
    return DigitSets(train: sets[0], test: sets[1])
  }
}
