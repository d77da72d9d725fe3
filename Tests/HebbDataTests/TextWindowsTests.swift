import HebbArrays
import HebbData
import Testing

@Suite struct TextWindowsTests {
  @Test func everyWindowForetellsItsOwnNextTokens() {
    let windows = TextWindows(name: "numbers", tokens: Array(10..<21), length: 3)
    #expect(windows.count == 3)
    let batch = windows.batch(at: [2, 0])
    #expect(batch.inputs.shape == [2, 3] && batch.targets.shape == [2, 3])
    #expect(batch.inputs.elements(as: Int32.self) == [16, 17, 18, 10, 11, 12])
    #expect(batch.targets.elements(as: Int32.self) == [17, 18, 19, 11, 12, 13])
    #expect(windows.targets.shape == [3, 3] && batch.lengths == nil)
  }

  /// A text of exactly one window and the token behind it.
  @Test func theLastTokenIsATargetOnly() {
    let windows = TextWindows(name: "numbers", tokens: [1, 2, 3, 4], length: 3)
    #expect(windows.count == 1)
    #expect(windows.all.targets.elements(as: Int32.self) == [2, 3, 4])
  }
}
