import HebbArrays

extension ConvolutionGeometry {
  /// The kernel and whatever is not as usual, as a part of a layer's description.
  ///
  /// - Parameter alongTime: only the width is told, of pictures of height 1.
  func text(alongTime: Bool = false) -> String {
    func pair(_ pair: Pair) -> String { alongTime ? "\(pair.width)" : "\(pair)" }
    let (before, after) = (Pair(padding.top, padding.left), Pair(padding.bottom, padding.right))
    var text = "kernel \(pair(kernel))"
    if stride != 1, pair(stride) != "1" { text += ", stride \(pair(stride))" }
    if before == after, before != 0 { text += ", padding \(pair(before))" }
    if before != after { text += ", padding \(pair(before)) before and \(pair(after)) behind" }
    if dilation != 1, pair(dilation) != "1" { text += ", dilation \(pair(dilation))" }
    if groups != 1 { text += ", groups \(groups)" }
    return text
  }
}
