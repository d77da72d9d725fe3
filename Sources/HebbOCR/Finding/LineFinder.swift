import HebbArrays
import HebbFiles

/// Finds the lines of text on a page, without anything learned.
///
/// The page comes to ink and paper by local thresholds, ink to connected components; the components' arrangement tells the
/// direction and the angle of the lines; components are chained to lines, lines gathered to blocks, and blocks put into
/// reading order. Pages may be light or dark, with panels of either kind, turned by quarters and by up to 15 degrees more.
/// A picture of a single line gives that line.
///
/// The same page gives the same lines, whatever the number of threads.
public struct LineFinder: Sendable {
  /// How sure a reader is of some lines, held one way: higher is better. Asked for each way that the page's arrangement leaves
  /// open, with the pictures of the same few lines and whether their characters stand below each other.
  public typealias OrientationScore = @Sendable (_ lines: [NDArray], _ isVertical: Bool) -> Double

  /// Tells which way up a page is; without it, letters of Latin shape tell, and other pages count as upright.
  public var orientationScore: OrientationScore?

  /// Pages with more pixels are scaled down for the search; boxes are those of the page itself, to the scale's precision.
  public var pixelLimit: Int

  /// A search that scales pages down to `pixelLimit` pixels, and takes the way up that `orientationScore` likes best.
  public init(pixelLimit: Int = 12_000_000, orientationScore: OrientationScore? = nil) {
    require(pixelLimit > 0, "LineFinder: a limit of \(pixelLimit) pixels leaves nothing to search")
    (self.pixelLimit, self.orientationScore) = (pixelLimit, orientationScore)
  }

  /// The lines of a page.
  ///
  /// - Parameter page: `uint8` `[height, width, 1 or 3]`
  /// - Returns: lines in reading order; none where the page is empty.
  public func lines(in page: NDArray) -> FoundPage {
    require(
      page.dtype == .uint8 && page.rank == 3 && [1, 3].contains(page.shape[2]) && page.count > 0,
      "a page is uint8 [height, width, 1 or 3], not \(page.dtype) \(page.shape)")
    let search = PageSearch(page, pixelLimit: pixelLimit)
    return search.found(search.layout(of: page, score: orientationScore))
  }
}
