import HebbArrays
import HebbPlots
import HebbRecipes

/// What a file holds that has weights and no description of their network, as `model.save` writes it.
struct WeightsTable {
  let text: String

  /// Nil where the file says of which network its weights are, or is no file of weights.
  init?(reading path: String) throws(DataError) {
    let file = try SafetensorsFile(reading: path)
    let format = file.metadata["format"] ?? "pt"
    guard format == "pt" || format == "hebb model 1" && file.metadata["configuration"] == "" else { return nil }
    let rows = file.tensors.map { [$0.name, "\($0.value.shape)", NumberFormat.grouped($0.value.count)] }
    let total = file.tensors.reduce(0) { $0 + $1.value.count }
    text =
      TextTable(["tensor", "shape", "numbers"], rows: rows, footer: ["", "", NumberFormat.grouped(total)]).description
      + "\nweights alone; a network file that declares their layers can name them: weights: {file: \(path)}"
  }
}
