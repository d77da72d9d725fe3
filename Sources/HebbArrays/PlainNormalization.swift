/// Normalisation in plain Double loops: the float64 path of batch, layer and group normalisation.
///
/// The elements fall into sets of one size, each normalised on its own; the gain and shift of an element are those of its
/// channel.
struct PlainNormalization {
  let sets: Int
  let size: Int
  let channels: Int
  /// The place of element `k` of a set.
  let place: (_ set: Int, _ k: Int) -> Int

  /// Batch normalisation: a set is one channel in all rows.
  init(channelsOf shape: Shape) {
    let channels = shape.innermost
    self.init(sets: channels, size: shape.count / channels, channels: channels) { set, k in k * channels + set }
  }

  /// Layer normalisation: a set is one row.
  init(rowsOf shape: Shape) {
    let width = shape.innermost
    self.init(sets: shape.count / width, size: width, channels: width) { set, k in set * width + k }
  }

  /// Group normalisation: a set is one group of channels in all pixels of one picture.
  init(groupsOf shape: Shape, _ groups: Int) {
    let channels = shape.innermost
    let inGroup = channels / groups
    let pixels = shape.count / (shape[0] * channels)
    self.init(sets: shape[0] * groups, size: pixels * inGroup, channels: channels) { set, k in
      let (picture, group) = set.quotientAndRemainder(dividingBy: groups)
      return (picture * pixels + k / inGroup) * channels + group * inGroup + k % inGroup
    }
  }

  private init(sets: Int, size: Int, channels: Int, place: @escaping (Int, Int) -> Int) {
    self.sets = sets
    self.size = size
    self.channels = channels
    self.place = place
  }

  func moments(_ x: NDArray) -> (mean: [Double], variance: [Double]) {
    let x = x.pointer(to: Double.self)
    var mean = [Double](repeating: 0, count: sets)
    var variance = mean
    for set in 0..<sets {
      for k in 0..<size { mean[set] += x[place(set, k)] }
      mean[set] /= Double(size)
      for k in 0..<size {
        let away = x[place(set, k)] - mean[set]
        variance[set] += away * away
      }
      variance[set] /= Double(size)
    }
    return (mean, variance)
  }

  func apply(
    _ x: NDArray, _ mean: [Double], _ variance: [Double], gain: NDArray?, shift: NDArray?, epsilon: Double,
    rectified: Bool = false
  ) -> NDArray {
    let values = x.pointer(to: Double.self)
    let y = NDArray(uninitialized: x.shape, .float64)
    let out = y.mutablePointer(to: Double.self)
    for set in 0..<sets {
      for k in 0..<size {
        let i = place(set, k)
        let normal = (values[i] - mean[set]) / (variance[set] + epsilon).squareRoot()
        let value = normal * (gain?.element(i % channels) ?? 1) + (shift?.element(i % channels) ?? 0)
        out[i] = rectified && value < 0 ? 0 : value
      }
    }
    return y
  }

  func gradient(
    _ x: NDArray, _ dy: NDArray, _ mean: [Double], _ variance: [Double], gain: NDArray?, shift: NDArray?,
    epsilon: Double, rectified: Bool = false
  ) -> (dx: NDArray, gain: NDArray, shift: NDArray) {
    let y: [Double] = apply(x, mean, variance, gain: gain, shift: shift, epsilon: epsilon).elements()
    let (values, g) = (x.pointer(to: Double.self), dy.pointer(to: Double.self))
    let dx = NDArray(uninitialized: x.shape, .float64)
    let out = dx.mutablePointer(to: Double.self)
    var gainGradient = [Double](repeating: 0, count: channels)
    var shiftGradient = gainGradient
    for set in 0..<sets {
      let inverse = 1 / (variance[set] + epsilon).squareRoot()
      var sum = 0.0
      var product = 0.0
      for k in 0..<size {
        let i = place(set, k)
        let normal = (values[i] - mean[set]) * inverse
        let passed = rectified && y[i] <= 0 ? 0 : g[i]
        gainGradient[i % channels] += passed * normal
        shiftGradient[i % channels] += passed
        out[i] = passed * (gain?.element(i % channels) ?? 1)
        sum += out[i]
        product += out[i] * normal
      }
      for k in 0..<size {
        let i = place(set, k)
        let normal = (values[i] - mean[set]) * inverse
        out[i] = (out[i] - sum / Double(size) - normal * product / Double(size)) * inverse
      }
    }
    return (dx, NDArray(gainGradient), NDArray(shiftGradient))
  }
}
