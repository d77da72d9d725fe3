import HebbArrays

/// `[batch, time, 1]`: 1 for the steps of each sequence, 0 behind its end.
func stepMask(_ lengths: [Int], of shape: Shape, in layer: any Layer) -> NDArray {
  require(
    shape.rank == 3 && lengths.count == shape[0] && lengths.allSatisfy { (1...max(1, shape[1])).contains($0) },
    "\(layer): the lengths \(lengths) are not one for each sequence of \(shape), from 1 to all of its steps")
  let steps = lengths.flatMap { length in (0..<shape[1]).map { Int32($0 < length ? 1 : 0) } }
  return NDArray(steps, shape: [shape[0], shape[1], 1])
}
