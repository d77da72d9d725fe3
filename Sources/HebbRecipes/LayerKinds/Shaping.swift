import HebbArrays
import HebbLayers

extension LayerKind {
  static let shaping = [
    plain("flatten", "all numbers of a sample in one row") { Flatten() },
    LayerKind("reshape", "reshape: [7, 7, 16]", "the same numbers in another shape; one extent may be -1") {
      (context) throws(DataError) in
      var extents: [Int] = []
      for node in context.argument.list { extents.append(try node.integer(in: -1...1 << 24)) }
      let known = extents.filter { $0 != -1 }
      let open = extents.count - known.count
      let product = known.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
      let count = context.input.count
      guard !extents.isEmpty, extents.count < Shape.maxRank, open <= 1, !known.contains(0), product > 0,
        open == 1 ? count % product == 0 : count == product
      else {
        throw context.node.failure(
          "the \(count) numbers of \(context.input) do not fill the shape \(extents)", advice: "check the extents")
      }
      return Reshape(extents)
    },
  ]
}
