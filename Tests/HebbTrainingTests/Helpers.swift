import Foundation
import HebbArrays
import HebbLayers
import HebbTesting
import Testing

/// The lines of a file in Tests/Reference: the first word, and the numbers after it.
func referenceLines(_ name: String) throws -> [(name: String, numbers: [Double])] {
  let text = try String(contentsOfFile: Document.root + "Tests/Reference/\(name)", encoding: .utf8)
  return text.split(separator: "\n").map { line in
    let words = line.split(separator: " ")
    return (String(words[0]), words.dropFirst().compactMap { Double($0) })
  }
}

/// What a process wrote when it stopped holds these words.
func expectMessage(
  _ result: ExitTest.Result?, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let result else { return }
  #expect(missing(words, from: result.standardErrorContent) == [], sourceLocation: sourceLocation)
}

/// A small network for digits, with layers of every state: running statistics, random masks, weights.
func digitsNetwork(seed: UInt64) -> Sequential {
  var random = Philox(seed: seed)
  return Sequential {
    Conv2D(1, 4, kernel: 3, padding: .same, using: &random)
    BatchNorm(4)
    ReLU()
    Flatten()
    Dropout(0.2)
    Linear(256, 10, using: &random)
  }
}
