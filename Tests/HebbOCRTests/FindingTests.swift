import HebbArrays
import HebbFiles
import HebbOCR
import Testing

@Suite struct FindingTests {
  @Test func emptyPageHasNoLines() {
    #expect(LineFinder().lines(in: .full([40, 60, 1], 255, dtype: .uint8)).lines.isEmpty)
  }
}
