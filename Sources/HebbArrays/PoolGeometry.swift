/// How windows move over a picture: their extent, their steps and the frame around the picture, for rows and columns.
///
/// An axis of n elements gives ⌊(n + before + after − kernel) / stride⌋ + 1 windows. The frame is never part of a maximum.
public struct PoolGeometry: Sendable, Hashable {
  /// One axis of the windows.
  public struct Axis: Sendable, Hashable {
    /// How many elements a window spans.
    public var kernel: Int
    /// The way from one window to the next, in elements.
    public var stride: Int
    /// Elements of the frame before the first, fewer than the kernel.
    public var before: Int
    /// Elements of the frame behind the last, fewer than the kernel.
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

  /// Along the height of a picture.
  public var rows: Axis
  /// Along its width.
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

/// The windows along one axis: window `i` covers the elements `self[i]`, and counts as `size(i)` of them.
struct Windows {
  let count: Int
  // Starts, ends and sizes one behind the other, as the kernels read them: one array is made faster than three.
  private let numbers: [Int32]

  /// Windows of one extent. `countsPadding` lets those at the border count the frame too, as PyTorch does.
  init(_ axis: PoolGeometry.Axis, extent: Int, countsPadding: Bool) {
    let room = extent + axis.before + axis.after - axis.kernel
    require(room >= 0, "pooling: the kernel \(axis.kernel) is larger than the padded extent of \(extent)")
    self.init(count: room / axis.stride + 1, size: countsPadding ? axis.kernel : nil) { window in
      let start = window * axis.stride - axis.before
      return (max(start, 0), min(start + axis.kernel, extent))
    }
  }

  /// Windows that cut an axis into `count` parts with borders ⌊i · n / count⌋ and ⌈(i + 1) · n / count⌉.
  init(dividing extent: Int, into count: Int) {
    require(extent > 0 && count > 0, "pooling: an extent of \(extent) cut into \(count) windows")
    self.init(count: count) { ($0 * extent / count, (($0 + 1) * extent + count - 1) / count) }
  }

  private init(count: Int, size: Int? = nil, _ window: (Int) -> (start: Int, end: Int)) {
    self.count = count
    numbers = [Int32](unsafeUninitializedCapacity: 3 * count) { numbers, initialized in
      for index in 0..<count {
        let (start, end) = window(index)
        require(start < end, "pooling: a window lies wholly in the padding")
        numbers[index] = Int32(start)
        numbers[count + index] = Int32(end)
        numbers[2 * count + index] = Int32(size ?? end - start)
      }
      initialized = 3 * count
    }
  }

  subscript(window: Int) -> Range<Int> { Int(numbers[window])..<Int(numbers[count + window]) }
  func size(_ window: Int) -> Int { Int(numbers[2 * count + window]) }

  /// Whether no element lies in two windows.
  var areApart: Bool { (1..<max(count, 1)).allSatisfy { numbers[count + $0 - 1] <= numbers[$0] } }

  /// Calls `body` with the starts, the ends and the sizes.
  func withPointers(_ body: (UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<Int32>) -> Void) {
    numbers.withUnsafeBufferPointer { numbers in
      guard let starts = numbers.baseAddress else { return }
      body(starts, starts + count, starts + 2 * count)
    }
  }
}
