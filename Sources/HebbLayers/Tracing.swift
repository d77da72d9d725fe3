import HebbArrays
import HebbAutograd

/// What a pixel of a result sees of the input.
public struct Window: Sendable, Hashable {
  /// The pixels that it spans, dilation included.
  public var span: Pair
  /// How far apart the windows of two neighbouring pixels lie, in pixels.
  public var stride: Pair

  /// A window of so many pixels, and the way to its neighbour.
  public init(span: Pair, stride: Pair) {
    self.span = span
    self.stride = stride
  }

  /// Only the pixel at the same place.
  public static let point = Window(span: 1, stride: 1)
}

/// The part of a network's input that one pixel of a result depends on.
///
///     extent′ = extent + (span − 1) · step          step′ = step · stride
public struct ReceptiveField: Sendable, Hashable {
  /// Its height and width, in pixels of the network's input.
  public var extent: Pair
  /// How far apart the fields of two neighbouring pixels lie, in pixels of the network's input.
  public var step: Pair

  /// The field of a pixel of the input: itself.
  public static let pixel = ReceptiveField(extent: 1, step: 1)

  /// The field behind one more window.
  public func seen(through window: Window) -> ReceptiveField {
    ReceptiveField(
      extent: Pair(
        extent.height + (window.span.height - 1) * step.height, extent.width + (window.span.width - 1) * step.width),
      step: Pair(step.height * window.stride.height, step.width * window.stride.width))
  }

  /// The field of a sum of two branches: the larger one.
  public func joined(with other: ReceptiveField) -> ReceptiveField {
    ReceptiveField(
      extent: Pair(max(extent.height, other.extent.height), max(extent.width, other.extent.width)),
      step: Pair(max(step.height, other.step.height), max(step.width, other.step.width)))
  }
}

/// A tensor on its way through a network that is being looked at.
public struct Traced {
  /// What the network has made of its input so far.
  public let tensor: Tensor
  /// What one of its pixels sees of the network's input; nil where that is all of it.
  public let field: ReceptiveField?

  /// A tensor, and what one of its pixels sees of the input; nil where that is all of it.
  public init(_ tensor: Tensor, field: ReceptiveField?) {
    self.tensor = tensor
    self.field = field
  }
}

/// One layer at work: where it stands, what it read and what it gave.
public struct TracedLayer {
  /// The names of the members that lead to the layer, joined by dots.
  public let path: String
  /// The layer itself.
  public let layer: any Layer
  /// What it read.
  public let input: Traced
  /// What it gave.
  public let output: Traced
}

extension Layer {
  public func trace(_ x: Traced, path: String, _ visit: (TracedLayer) -> Void) -> Traced {
    let y = self(x.tensor)
    var field: ReceptiveField?
    if let window, window != .point || x.tensor.shape.places == y.shape.places {
      field = x.field?.seen(through: window)
    }
    let output = Traced(y, field: field)
    visit(TracedLayer(path: path, layer: self, input: x, output: output))
    return output
  }
}

extension Shape {
  /// The extents between the batch and the channels: height and width, or time.
  fileprivate var places: [Int] { rank > 2 ? (1..<rank - 1).map { self[$0] } : [] }
}

/// The path of a member of the module at `path`.
func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
