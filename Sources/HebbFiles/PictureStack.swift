import HebbArrays
import Synchronization

/// Many packed pictures, decoded by all threads into one array.
enum PictureStack {
  /// Decodes pictures that must all have one shape.
  ///
  /// - Parameters:
  ///   - count: how many there are.
  ///   - shape: `[height, width, channels]` of each.
  ///   - source: the bytes and the name of a picture; called from several threads.
  /// - Returns: `uint8` `[count, height, width, channels]`
  static func decode(
    _ count: Int, shape: Shape, source: (Int) throws(DataError) -> (bytes: [UInt8], name: String)
  ) throws(DataError) -> NDArray {
    try fill(count, shape: shape) { (index) throws(DataError) in
      let (bytes, name) = try source(index)
      let picture = try Picture.decode(bytes, name: name)
      guard picture.shape == shape else {
        throw DataError(name, "it is \(picture.shape), not \(shape) as the others", advice: "scale all alike")
      }
      return picture
    }
  }

  /// Stacks what `picture` gives, which must have this shape.
  static func fill(
    _ count: Int, shape: Shape, _ picture: (Int) throws(DataError) -> NDArray
  ) throws(DataError) -> NDArray {
    let length = shape.count
    let pieceLength = 64
    let first = Mutex<(index: Int, error: DataError)?>(nil)
    let stack = NDArray(shape: shape.inserting(count, at: 0)) { (out: UnsafeMutableBufferPointer<UInt8>) in
      ThreadPool.shared.run((count + pieceLength - 1) / pieceLength) { piece in
        for index in piece * pieceLength..<min((piece + 1) * pieceLength, count) {
          do throws(DataError) {
            try picture(index).read { (pixels: UnsafeBufferPointer<UInt8>) in
              let place = UnsafeMutableBufferPointer(rebasing: out[index * length..<(index + 1) * length])
              _ = place.update(fromContentsOf: pixels)
            }
          } catch {
            first.withLock { first in
              if index < first?.index ?? Int.max { first = (index, error) }
            }
            return
          }
        }
      }
    }
    if let failure = first.withLock({ $0 }) { throw failure.error }
    return stack
  }
}
