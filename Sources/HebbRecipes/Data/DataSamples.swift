import HebbArrays
import HebbData
import HebbFiles
import HebbPlots

/// Some samples of a data set, taken evenly from its whole length, to look at.
package struct DataSamples {
  private let dataset: ArrayDataset
  private let indices: [Int]

  package init(_ dataset: ArrayDataset, count: Int) {
    self.dataset = dataset
    let count = min(count, dataset.count)
    indices = (0..<count).map { $0 * dataset.count / max(count, 1) }
  }

  /// How many samples there are, of which shape, and how often each class comes.
  package func overview(_ parts: DatasetParts) -> String {
    let shape = Shape(dataset.inputs.shape.dropFirst())
    var text = "\(parts.train.count) training and \(parts.test.count) test samples of \(shape) \(dataset.inputs.dtype)"
    guard !dataset.classNames.isEmpty else { return text }
    var counts = [Int](repeating: 0, count: dataset.classNames.count)
    for label in dataset.labels { counts[label] += 1 }
    text += "\n" + zip(dataset.classNames, counts).map { "\($0.printable) \($1)" }.joined(separator: ", ")
    return text
  }

  /// A contact sheet with the names of the classes; nil where the samples are no pictures.
  package func figure(_ name: String) -> Figure? {
    let inputs = dataset.inputs.rows(at: indices)
    guard inputs.rank == 4, [1, 3].contains(inputs.shape[3]) else { return nil }
    let values = inputs.cast(to: .float32)
    let white = inputs.dtype == .uint8 && values.max().scalar > 64 ? 255 : Swift.max(values.max().scalar, 1e-6)
    let captions = dataset.classNames.isEmpty ? [] : indices.map { dataset.classNames[dataset.labels[$0]] }
    return .contactSheet(name, images: values * (1 / white), captions: captions)
  }

  /// The numbers of the samples with their classes.
  package var table: TextTable {
    let rows = indices.prefix(20).map { index in
      let values = dataset.inputs.rows(at: [index]).cast(to: .float32).elements(as: Float.self).prefix(12)
      let target =
        dataset.classNames.isEmpty ? String(dataset.targets.element(index)) : dataset.classNames[dataset.labels[index]]
      return values.map { NumberText.short(Double($0)) } + [target]
    }
    return TextTable([], rows: Array(rows))
  }
}
