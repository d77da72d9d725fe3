import HebbArrays
import HebbData
import Testing

@Suite struct GraphSeriesTests {
  private let series = GraphSeries(
    name: "s", nodeNames: ["a", "b"], graph: SparseMatrix(edges: [(0, 1)], nodes: 2),
    values: NDArray((0..<12).map { Float($0) }, shape: [6, 2, 1]), stepsPerDay: 4)

  @Test func windowsSlideOverTime() {
    let samples = series.windows(history: 3, horizon: 2)
    #expect(samples.inputs.shape == [2, 3, 2, 1] && samples.targets.shape == [2, 2, 2, 1])
    #expect(samples.inputs.elements(as: Float.self) == [0, 1, 2, 3, 4, 5, 2, 3, 4, 5, 6, 7])
    #expect(samples.targets.elements(as: Float.self) == [6, 7, 8, 9, 8, 9, 10, 11])
  }

  @Test func timeOfDayIsAFeature() {
    let timed = series.addingTimeOfDay()
    #expect(timed.features == 2)
    #expect(timed.values.sliced(axis: 2, from: 0, to: 1).fingerprint == series.values.fingerprint)
    let times = timed.values.sliced(axis: 2, from: 1, to: 2).elements(as: Float.self)
    #expect(times == [0, 0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 0, 0, 0.25, 0.25])
    let later = timed[2..<5].windows(history: 2, horizon: 1)
    #expect(later.inputs.elements(as: Float.self) == [4, 0.5, 5, 0.5, 6, 0.75, 7, 0.75])
    #expect(later.targets.elements(as: Float.self) == [8, 9])
  }
}
