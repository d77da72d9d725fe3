import HebbArrays
import HebbLayers
import Testing

@Suite struct ModelSummaryTests {
  @Test func tablesLookLikeThis() {
    var random = Philox(seed: 1)
    let model = Sequential {
      Conv2D(1, 8, kernel: 5, padding: 2, bias: false, using: &random)
      BatchNorm(8)
      ReLU()
      MaxPool2D(2)
      Residual {
        Conv2D(8, 16, kernel: 3, stride: 2, padding: 1, using: &random)
      } shortcut: {
        Conv2D(8, 16, kernel: 1, stride: 2, using: &random)
      }
      ReLU()
      Flatten()
      Linear(784, 10, using: &random)
    }
    let summary = ModelSummary(of: model, input: [28, 28, 1])
    #expect(
      summary.text == """
        path          layer                                          output       parameters  multiply-adds  field
        0             Conv2D(1 → 8, kernel 5, padding 2)             [28, 28, 8]         200        156,800      5
        1             BatchNorm(8)                                   [28, 28, 8]          16              0      5
        2             ReLU                                           [28, 28, 8]           0              0      5
        3             MaxPool2D(2)                                   [14, 14, 8]           0              0      6
        4.body.0      Conv2D(8 → 16, kernel 3, stride 2, padding 1)  [7, 7, 16]        1,168         56,448     10
        4.shortcut.0  Conv2D(8 → 16, kernel 1, stride 2)             [7, 7, 16]          144          6,272      6
        5             ReLU                                           [7, 7, 16]            0              0     10
        6             Flatten                                        [784]                 0              0    all
        7             Linear(784 → 10)                               [10]              7,850          7,840    all
                      total                                                            9,378        227,360
        """)
    #expect(summary.parameters == model.parameterCount)
  }

  @Test func sequencesAndNumbersHaveSummariesToo() {
    var random = Philox(seed: 1)
    let model = Sequential {
      Embedding(30, 8, using: &random)
      Conv1D(8, 4, kernel: 3, dilation: 2, using: &random)
      MaxPool1D(2)
    }
    let rows = ModelSummary(of: model, input: [20]).rows
    #expect(rows.map(\.output) == [[20, 8], [16, 4], [8, 4]])
    #expect(rows.map(\.multiplyAdds) == [0, 16 * 4 * 3 * 8, 0])
  }
}
