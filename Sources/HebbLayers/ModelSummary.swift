import HebbArrays
import HebbAutograd

/// What a network consists of and what it costs, layer by layer.
///
///     print(ModelSummary(of: model, input: [28, 28, 1]).text)
///
/// Shapes and costs are those of a single sample, and shapes leave out the batch.
public struct ModelSummary: Sendable {
  /// One layer.
  public struct Row: Sendable, Hashable {
    /// The names of the members that lead to the layer.
    public let path: String
    /// What the layer calls itself.
    public let layer: String
    /// The shape of its result for one sample.
    public let output: Shape
    /// How many numbers its parameters have, frozen ones included.
    public let parameters: Int
    /// Multiplications, each with its addition, for one sample.
    public let multiplyAdds: Int
    /// The pixels of the input that one pixel of the output depends on; nil where that is all of them.
    public let receptiveField: Pair?
  }

  /// The innermost layers in the order in which they run.
  public let rows: [Row]
  /// How many numbers the parameters have, frozen ones included, each counted once.
  public let parameters: Int
  /// Multiplications for one sample.
  public var multiplyAdds: Int { rows.reduce(0) { $0 + $1.multiplyAdds } }

  /// - Parameter input: the shape of one sample: `[height, width, channels]`, `[time, features]` or `[features]`. Zeros of
  ///   that shape are run through the network.
  public init(of model: some Layer, input: Shape) {
    let dtype = model.parameters.first?.value.dtype ?? .float32
    let start = Traced(
      Tensor(.zeros(input.inserting(1, at: 0), dtype: dtype)), field: input.rank > 1 ? .pixel : nil)
    var rows: [Row] = []
    _ = Pass.inference {
      model.trace(start, path: "") { traced in
        let (from, to) = (traced.input.tensor.shape, traced.output.tensor.shape)
        rows.append(
          Row(
            path: traced.path, layer: "\(traced.layer)", output: Shape(to.dropFirst()),
            parameters: traced.layer.parameterCount, multiplyAdds: traced.layer.multiplyAdds(from: from, to: to),
            receptiveField: traced.output.field?.extent))
      }
    }
    self.rows = rows
    parameters = model.parameterCount
  }

  /// A table, one line a layer, with the totals below.
  public var text: String {
    let header = ["path", "layer", "output", "parameters", "multiply-adds", "field"]
    var lines = [header]
    for row in rows {
      lines.append([
        row.path, row.layer, row.output.description, grouped(row.parameters), grouped(row.multiplyAdds),
        row.receptiveField.map(\.description) ?? "all",
      ])
    }
    lines.append(["", "total", "", grouped(parameters), grouped(multiplyAdds), ""])
    let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { cells in
      let padded = cells.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - cells[column].count)
        return column < 3 ? cells[column] + space : space + cells[column]
      }
      let line = padded.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }

  /// 1234567 as "1,234,567".
  private func grouped(_ number: Int) -> String {
    let digits = String(number)
    return String(
      digits.enumerated().flatMap { index, digit in
        index > 0 && (digits.count - index) % 3 == 0 ? [",", digit] : [digit]
      })
  }
}
