import HebbArrays

/// Colours as people see them: lightness, and two axes of colour.
///
///     L = 116 f(Y/Yₙ) − 16          a = 500 (f(X/Xₙ) − f(Y/Yₙ))          b = 200 (f(Y/Yₙ) − f(Z/Zₙ))
///     f(t) = ∛t where t > (6/29)³, else t / (3 (6/29)²) + 4/29
///
/// L is 0 for black to 100 for white; a goes from green to red, b from blue to yellow, each about −110 to 110, and is 0 for
/// grey. Colours are those of sRGB, white is D65.
///
/// - Sources: CIE 15:2004; IEC 61966-2-1:1999.
public enum LabColor {
  /// Rows: X, Y and Z of red, of green, of blue, divided by those of white, so that each column sums to 1.
  private static let toXYZ: [Double] = {
    let rows: [Double] = [0.412453, 0.212671, 0.019334, 0.357580, 0.715160, 0.119193, 0.180423, 0.072169, 0.950227]
    return rows.indices.map { (index: Int) -> Double in
      let column = index % 3
      let white: Double = rows[column] + rows[3 + column] + rows[6 + column]
      return rows[index] / white
    }
  }()
  private static let delta = 6.0 / 29

  /// Lab of colours `[…, 3]` with red, green and blue from 0 to 1.
  public static func lab(ofRGB x: NDArray) -> NDArray {
    check(x, "RGB")
    let bright = ((x + 0.055) / 1.055).pow(2.4)
    let linear = x.greater(than: 0.04045).select(bright, x / 12.92)
    let xyz = linear.matmul(matrix(toXYZ, x.dtype))
    let cube = delta * delta * delta
    // The root is taken of numbers that it is used for alone: elsewhere it might not be finite.
    let root = NDArray.maximum(xyz, cube).pow(1.0 / 3)
    let f = xyz.greater(than: cube).select(root, xyz / (3 * delta * delta) + 4.0 / 29)
    let mix: [Double] = [0, 500, 0, 116, -500, 200, 0, 0, -200]
    return f.matmul(matrix(mix, x.dtype)) + NDArray([-16, 0, 0] as [Double]).cast(to: x.dtype)
  }

  /// Red, green and blue from 0 to 1 of colours `[…, 3]` in Lab; what a screen cannot show is held within that.
  public static func rgb(ofLab x: NDArray) -> NDArray {
    check(x, "Lab")
    // f of X, Y and Z from L, a and b.
    let mix: [Double] = [1.0 / 116, 1.0 / 116, 1.0 / 116, 1.0 / 500, 0, 0, 0, 0, -1.0 / 200]
    let f = x.matmul(matrix(mix, x.dtype)) + 16.0 / 116
    let xyz = f.greater(than: delta).select(f * f * f, (f - 4.0 / 29) * (3 * delta * delta))
    let linear = NDArray.minimum(NDArray.maximum(xyz.matmul(matrix(inverse(toXYZ), x.dtype)), 0), 1)
    let bright = NDArray.maximum(linear, 0.0031308).pow(1 / 2.4) * 1.055 - 0.055
    return NDArray.minimum(linear.greater(than: 0.0031308).select(bright, linear * 12.92), 1)
  }

  private static func check(_ x: NDArray, _ name: String) {
    require(
      x.rank > 0 && x.shape.innermost == 3 && x.dtype.isFloatingPoint,
      "\(name) colours \(x.shape) of \(x.dtype) are not […, 3] of floats")
  }

  private static func matrix(_ values: [Double], _ dtype: DType) -> NDArray {
    NDArray(values, shape: [3, 3]).cast(to: dtype)
  }

  /// By Cramer's rule.
  private static func inverse(_ m: [Double]) -> [Double] {
    func minor(_ i: Int, _ j: Int) -> Double {
      let (a, b) = ((i + 1) % 3, (i + 2) % 3)
      let (c, d) = ((j + 1) % 3, (j + 2) % 3)
      return m[a * 3 + c] * m[b * 3 + d] - m[a * 3 + d] * m[b * 3 + c]
    }
    let determinant = m[0] * minor(0, 0) + m[1] * minor(0, 1) + m[2] * minor(0, 2)
    return (0..<9).map { (index: Int) -> Double in minor(index % 3, index / 3) / determinant }
  }
}
