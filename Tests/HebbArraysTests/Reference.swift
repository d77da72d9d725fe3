import CHebbKernels
import Foundation
import HebbArrays
import Testing

/// What PyTorch gave, by name: `Tests/Reference/array_kernels.txt`, made by the script beside it.
let reference: [String: [Double]] = {
  let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Reference/array_kernels.txt")
  let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  var table: [String: [Double]] = [:]
  for line in text.split(separator: "\n") {
    let parts = line.split(separator: ":", maxSplits: 1)
    table[String(parts[0])] = parts[1].split(separator: " ").map { Double($0) ?? .nan }
  }
  return table
}()

/// The numbers that the reference scripts call `wave`.
func wave(_ shape: Shape, phase: Double = 0, dtype: DType = .float64, times factor: Double = 1) -> NDArray {
  var state = Int(1000 * phase) + 12345
  let values = (0..<shape.count).map { _ in
    state = (state * 1_103_515_245 + 12345) % 2_147_483_648
    return (Double(state) / 2_147_483_648 * 4 - 2) * factor
  }
  return NDArray(values, shape: shape).cast(to: dtype)
}

extension NDArray {
  var doubles: [Double] { cast(to: .float64).elements() }

  /// Whether all elements lie within `tolerance` of the others, relative to numbers above 1.
  func isClose(to other: [Double], _ tolerance: Double) -> Bool {
    count == other.count
      && zip(doubles, other).allSatisfy { a, b in
        Swift.abs(a - b) <= tolerance * Swift.max(1, Swift.abs(b)) || (a.isNaN && b.isNaN)
      }
  }

  func isClose(to other: NDArray, _ tolerance: Double) -> Bool {
    shape == other.shape && isClose(to: other.doubles, tolerance)
  }
}

/// The instruction sets of this machine.
let instructionSets = (0..<4).map { Int32($0) }.filter { hebb_isa_available($0) != 0 }

/// The results of `body` for each instruction set agree in every bit.
func expectSameBits(_ what: String, count: Int, _ body: (Int32, UnsafeMutablePointer<Float>) -> Void) {
  let results = instructionSets.map { isa in
    var out = [Float](repeating: 0.5, count: count)
    out.withUnsafeMutableBufferPointer { body(isa, $0.baseAddress!) }
    return out.map(\.bitPattern)
  }
  for (isa, result) in zip(instructionSets, results) {
    #expect(result == results[0], "\(what) on instruction set \(isa)")
  }
}

/// The results of `body` with 1, 2 and 5 threads agree in every bit.
func expectSameBitsForThreads(_ body: () -> [NDArray]) {
  let before = ThreadPool.shared.threads
  defer { ThreadPool.shared.threads = before }
  let results = [1, 2, 5].map { threads in
    ThreadPool.shared.threads = threads
    return body().map(\.fingerprint)
  }
  #expect(results[1] == results[0] && results[2] == results[0])
}
