import HebbArrays
import HebbTraining
import HebbLayers

extension WeightsSpec {
  /// Puts the file's weights into a network.
  package func load(into network: BuiltNetwork, base: String) throws(DataError) {
    let path = DataSets.resolved(file, base: base)
    let file = try SafetensorsFile(reading: path)
    let values = Dictionary(file.tensors.map { ($0.name, $0.value) }) { first, _ in first }
    do throws(ValueError) {
      switch layout {
      case .hebb: try network.model.load(values)
      case .pytorch:
        let renamed = try renaming(network)
        try network.model.load(pyTorch: values, flatten: network.flattened) { renamed[$0] ?? $0 }
      }
    } catch {
      throw DataError(path, error.description, advice: "check the layers, and weights: names")
    }
  }

  /// What the file calls each layer that has parameters.
  private func renaming(_ network: BuiltNetwork) throws(ValueError) -> [String: String] {
    guard !names.isEmpty else { return [:] }
    let paths = network.model.members.list.compactMap { name, member in
      (member as? any Module)?.parameters.isEmpty == false ? name : nil
    }
    guard paths.count == names.count else {
      throw .missing(
        "for each of the \(paths.count) layers with parameters, given \(PlainNumber.count(names.count, "name"))")
    }
    return Dictionary(uniqueKeysWithValues: zip(paths, names))
  }
}
