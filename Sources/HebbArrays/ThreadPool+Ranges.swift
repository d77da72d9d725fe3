extension ThreadPool {
  /// Work on fewer elements than this is done at once by the calling thread.
  static let worthSharing = 32_768

  /// Calls `body` with ranges that cover the numbers below `count`, each of `length` numbers but the last. Where
  /// `elements` of work are too few to share, one call takes all.
  @inline(__always)
  func ranges(_ count: Int, length: Int, elements: Int, _ body: (Range<Int>) -> Void) {
    guard elements >= ThreadPool.worthSharing, count > length else { return body(0..<count) }
    run((count + length - 1) / length) { piece in
      let start = piece * length
      body(start..<Swift.min(start + length, count))
    }
  }

  /// Ranges of a few thousand elements of an elementwise op.
  @inline(__always)
  func elements(_ count: Int, _ body: (Range<Int>) -> Void) {
    ranges(count, length: 16_384, elements: count, body)
  }

  /// Ranges of whole rows of `width` elements.
  @inline(__always)
  func rows(_ count: Int, width: Int, _ body: (Range<Int>) -> Void) {
    ranges(count, length: Swift.max(1, 16_384 / Swift.max(1, width)), elements: count * width, body)
  }
}
