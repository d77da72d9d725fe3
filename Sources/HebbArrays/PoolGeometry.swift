/// How windows move over a picture: their extent, their steps and the frame around the picture, for rows and columns.
///
/// An axis of n elements gives ⌊(n + before + after − kernel) / stride⌋ + 1 windows. The frame is never part of a maximum.
public struct PoolGeometry: Sendable, Hashable {
  /// One axis of the windows.
  public struct Axis: Sendable, Hashable {
    public var kernel: Int
    public var stride: Int
    public var before: Int
    public var after: Int

    /// Windows along one axis.
    ///
    /// - Parameters:
    ///   - kernel: how many elements a window spans, 1 or more.
    ///   - stride: the way from one window to the next; the kernel unless given.
    ///   - before: elements of the frame before the first, fewer than the kernel.
    ///   - after: likewise behind the last.
    public init(kernel: Int, stride: Int? = nil, before: Int = 0, after: Int = 0) {
      self.kernel = kernel
      self.stride = stride ?? kernel
      self.before = before
      self.after = after
      require(
        kernel > 0 && self.stride > 0 && before >= 0 && after >= 0 && before < kernel && after < kernel,
        "pooling: kernel \(kernel), stride \(self.stride), padding \(before) and \(after)")
    }
  }

  public var rows: Axis
  public var columns: Axis

  /// Windows of a size, a stride and a frame along each axis.
  public init(rows: Axis, columns: Axis) {
    self.rows = rows
    self.columns = columns
  }

  /// Square windows; the stride is the kernel's extent where it is not given.
  public init(kernel: Int, stride: Int? = nil, padding: Int = 0) {
    let axis = Axis(kernel: kernel, stride: stride, before: padding, after: padding)
    self.init(rows: axis, columns: axis)
  }
}

/// The windows along one axis: window `i` covers `starts[i]` up to before `ends[i]`, and counts as `sizes[i]` elements.
struct Windows {
  var starts: [Int32] = []
  var ends: [Int32] = []
  var sizes: [Int32] = []

  /// Windows of one extent. `countsPadding` lets those at the border count the frame too, as PyTorch does.
  init(_ axis: PoolGeometry.Axis, extent: Int, countsPadding: Bool) {
    let room = extent + axis.before + axis.after - axis.kernel
    require(room >= 0, "pooling: the kernel \(axis.kernel) is larger than the padded extent of \(extent)")
    reserve(room / axis.stride + 1)
    for i in 0...room / axis.stride {
      let start = i * axis.stride - axis.before
      let end = start + axis.kernel
      append(max(start, 0), min(end, extent), size: countsPadding ? axis.kernel : nil)
    }
  }

  /// Windows that cut an axis into `count` parts with borders ⌊i · n / count⌋ and ⌈(i + 1) · n / count⌉.
  init(dividing extent: Int, into count: Int) {
    require(extent > 0 && count > 0, "pooling: an extent of \(extent) cut into \(count) windows")
    reserve(count)
    for i in 0..<count { append(i * extent / count, ((i + 1) * extent + count - 1) / count) }
  }

  private mutating func reserve(_ count: Int) {
    starts.reserveCapacity(count)
    ends.reserveCapacity(count)
    sizes.reserveCapacity(count)
  }

  private mutating func append(_ start: Int, _ end: Int, size: Int? = nil) {
    require(start < end, "pooling: a window lies wholly in the padding")
    starts.append(Int32(start))
    ends.append(Int32(end))
    sizes.append(Int32(size ?? end - start))
  }

  var count: Int { starts.count }

  /// Whether no element lies in two windows.
  var areApart: Bool { zip(ends, starts.dropFirst()).allSatisfy { $0 <= $1 } }
}
