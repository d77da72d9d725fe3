import Hebb
import HebbTesting
import Testing

@Suite struct HalfPrecisionTests {
  private func stored(_ values: [Float], in folder: String) throws -> [Float] {
    let path = "\(folder)/halves.safetensors"
    try SafetensorsFile(tensors: [("a", NDArray(values)), ("b", NDArray([1, 2, 3] as [Int32]))]).write(to: path, halves: true)
    let file = try SafetensorsFile(reading: path)
    #expect(file["b"]?.elements(as: Int32.self) == [1, 2, 3])
    return file["a"]?.elements(as: Float.self) ?? []
  }

  /// Against Swift's own conversion, over numbers of every size, ties and those that are too large or too small.
  @Test func numbersAreRoundedToTheNearest() throws {
    try withTemporaryFolder { folder in
      var random = Philox(seed: 1)
      var values: [Float] = [0, -0.0, 1, -1, 65504, 65519, 65520, 1e9, -1e9, 0x1p-24, 0x1p-25, 0x1.8p-25, 0x1p-26, .infinity]
      for exponent in -27...16 {
        for _ in 0..<100 {
          let number = Float.random(in: 1..<2, using: &random)
          values.append(Float(sign: .plus, exponent: exponent, significand: number))
          // Exactly between two.
          let step = Float(sign: .plus, exponent: max(exponent, -14) - 11, significand: 1)
          let odd = (values[values.count - 1] / (2 * step)).rounded(.down) * 2 * step + step
          values += [odd, -odd]
        }
      }
      let found = try stored(values, in: folder)
      let wrong = zip(values, found).first { value, read in Float(Float16(value)).bitPattern != read.bitPattern }
      #expect(wrong == nil)
      #expect(try stored([.nan], in: folder)[0].isNaN)
    }
  }
}
