import CHebbKernels
import HebbArrays
import Testing

@Suite struct PoolingTests {
  private let geometry = PoolGeometry(kernel: 3, stride: 2, padding: 1)

  private func check(_ name: String, _ dtype: DType, _ y: NDArray, _ gradient: (NDArray) -> NDArray) throws {
    let tolerance = dtype == .float64 ? 1e-13 : 1e-6
    #expect(y.isClose(to: try #require(reference["pool.\(name).0"]), tolerance))
    let dx = gradient(wave(y.shape, phase: 7, dtype: dtype))
    #expect(dx.isClose(to: try #require(reference["pool.\(name).1"]), tolerance))
  }

  @Test(arguments: [DType.float32, .float64]) func agreesWithPyTorch(_ dtype: DType) throws {
    let x = wave([2, 7, 6, 3], dtype: dtype)
    try check("max", dtype, x.maxPooled(geometry)) { x.maxPoolGradient($0, geometry) }
    try check("mean", dtype, x.averagePooled(geometry)) { x.averagePoolGradient($0, geometry) }
    try check("meanInside", dtype, x.averagePooled(geometry, countsPadding: false)) {
      x.averagePoolGradient($0, geometry, countsPadding: false)
    }
    try check("adaptiveMax", dtype, x.adaptiveMaxPooled(rows: 3, columns: 4)) { x.adaptiveMaxPoolGradient($0) }
    try check("adaptiveMean", dtype, x.adaptiveAveragePooled(rows: 3, columns: 4)) {
      x.adaptiveAveragePoolGradient($0)
    }
  }

  @Test(arguments: [1, 3, 6, 16, 20, 33], [(2, 2, 0), (3, 2, 1), (2, 3, 0), (3, 1, 1)])
  func float32FollowsFloat64(_ channels: Int, _ sizes: (Int, Int, Int)) {
    let geometry = PoolGeometry(kernel: sizes.0, stride: sizes.1, padding: sizes.2)
    let x = wave([3, 9, 8, channels], dtype: .float32)
    let exact = x.cast(to: .float64)
    #expect(x.maxPooled(geometry).isClose(to: exact.maxPooled(geometry), 0))
    #expect(x.averagePooled(geometry).isClose(to: exact.averagePooled(geometry), 1e-6))
    let dy = wave(x.maxPooled(geometry).shape, phase: 2, dtype: .float32)
    let exactDy = dy.cast(to: .float64)
    #expect(x.maxPoolGradient(dy, geometry).isClose(to: exact.maxPoolGradient(exactDy, geometry), 1e-6))
    #expect(x.averagePoolGradient(dy, geometry).isClose(to: exact.averagePoolGradient(exactDy, geometry), 1e-6))
  }

  @Test(arguments: [DType.float32, .float64]) func nanWinsAndTheFirstOfEqualsTakesTheGradient(_ dtype: DType) {
    let x = NDArray([1, 5, 5, .nan, 2, 5, 0, 1] as [Double], shape: [1, 2, 4, 1]).cast(to: dtype)
    let y = x.maxPooled(PoolGeometry(kernel: 2))
    #expect(y.element(0) == 5 && y.element(1).isNaN)
    let dx = x.maxPoolGradient(NDArray.ones([1, 1, 2, 1], dtype: dtype), PoolGeometry(kernel: 2))
    #expect(dx.doubles == [0, 1, 0, 1, 0, 0, 0, 0])
  }

  @Test func everyThreadCountGivesTheSameBits() {
    let x = wave([9, 28, 28, 6], dtype: .float32)
    let dy = wave([9, 14, 14, 6], phase: 1, dtype: .float32)
    expectSameBitsForThreads {
      [
        x.maxPooled(geometry), x.averagePooled(geometry), x.maxPoolGradient(dy, geometry),
        x.averagePoolGradient(dy, geometry),
      ]
    }
  }

  @Test(arguments: [6, 16, 37]) func everyInstructionSetGivesTheSameBits(_ channels: Int) {
    let starts: [Int32] = [0, 1, 3]
    let ends: [Int32] = [2, 4, 5]
    let sizes: [Int32] = [3, 3, 3]
    let x = wave([5, 5, channels], dtype: .float32).elements(as: Float.self)
    let dy = wave([3, 3, channels], phase: 1, dtype: .float32).elements(as: Float.self)
    var geometry = starts.withUnsafeBufferPointer { s in
      ends.withUnsafeBufferPointer { e in
        sizes.withUnsafeBufferPointer { n in
          hebb_pooling(
            height: 5, width: 5, channels: channels, out_height: 3, out_width: 3, top: s.baseAddress!,
            bottom: e.baseAddress!, left: s.baseAddress!, right: e.baseAddress!, row_size: n.baseAddress!,
            column_size: n.baseAddress!, apart: 0)
        }
      }
    }
    withExtendedLifetime((starts, ends, sizes)) {
      expectSameBits("max", count: 9 * channels) { hebb_pooling_kernels_table($0).pointee.largest(&geometry, x, $1) }
      expectSameBits("average", count: 9 * channels) {
        hebb_pooling_kernels_table($0).pointee.average(&geometry, x, $1)
      }
      expectSameBits("max gradient", count: 25 * channels) {
        hebb_pooling_kernels_table($0).pointee.largest_gradient(&geometry, x, dy, $1)
      }
      expectSameBits("average gradient", count: 25 * channels) {
        hebb_pooling_kernels_table($0).pointee.average_gradient(&geometry, dy, $1)
      }
    }
  }
}
