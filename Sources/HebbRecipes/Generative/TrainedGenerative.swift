import Hebb

/// A network that makes pictures, from its file.
package struct TrainedGenerative {
  package let form: GenerativeForm
  package let network: GenerativeNetwork
  package let path: String

  /// Nil where the file holds a network of another sort.
  package init?(reading path: String) throws {
    guard let file = try? ModelFile(reading: path), let form = try GenerativeForm(file) else { return nil }
    var random = Philox(seed: 0)
    (self.form, self.path, network) = (form, path, form.network(using: &random))
    try file.load(into: network.module)
    if let bad = network.module.namedParameters.first(where: { !$0.parameter.value.allFinite }) {
      throw DataError(
        path, at: "tensor “\(bad.name)”", "it holds numbers that are infinite or NaN",
        advice: "train it again, or take an undamaged copy")
    }
  }

  /// New pictures, `[count, height, width, channels]` from 0 to 1.
  ///
  /// - Parameter label: the class of all of them; by default each in turn, where there are classes.
  package func sample(count: Int, label: Int? = nil, using random: inout Philox) throws(DataError) -> NDArray {
    let classes = form.classNames.count
    let labels = classes > 0 ? NDArray((0..<count).map { Int32(label ?? $0 % classes) }) : nil
    switch network {
    case .vae(let network): return network.sample(count: count, labels: labels, using: &random)
    case .gan(let generator, _, _):
      let noise = NDArray.normal([count, GenerativeForm.noise], using: &random)
      let x = generator(AdversarialTrainer.input(noise, labels: labels, classes: classes))
      return NDArray.minimum(NDArray.maximum(x * 0.5 + 0.5, 0), 1)
    case .autoencoder, .colorizer:
      throw DataError(path, "it makes nothing new by itself", advice: "give a vae, a gan or a Boltzmann machine")
    }
  }

  /// The label of a class by its name.
  package func label(of name: String) throws(DataError) -> Int {
    if let label = form.classNames.firstIndex(of: name) { return label }
    guard !form.classNames.isEmpty else {
      throw DataError(path, "it was trained without classes", advice: "leave --class out, or train --kind conditional")
    }
    throw DataError(name, "there is no such class", advice: "give one of \(form.classNames.joined(separator: ", "))")
  }

  /// The network that guesses colours.
  package func colorizer() throws(DataError) -> Colorizer {
    if case .colorizer(let network) = network { return network }
    throw DataError(path, "it is no network that guesses colours", advice: "train one: hebb train colorize")
  }
}
