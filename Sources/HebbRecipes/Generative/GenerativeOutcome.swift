import Hebb
import HebbPlots
import HebbRuns

extension RunOutcome {
  /// Pictures `[count, height, width, channels]` from 0 to 1 in rows.
  mutating func show(_ name: String, _ title: String, _ pictures: NDArray, columns: Int) {
    let shades = NDArray.minimum(NDArray.maximum(pictures, 0), 1)
    figures.append((name, .contactSheet(title, images: shades, columns: columns)))
  }

  /// The losses of both networks by epoch.
  mutating func showCurves(_ name: String, _ epochs: [AdversarialEpoch]) {
    let x = epochs.map { Double($0.epoch) }
    let series = [
      Series("discriminator", x: x, y: epochs.map(\.discriminatorLoss)),
      Series("generator", x: x, y: epochs.map(\.generatorLoss)),
    ]
    figures.append(("curves", Figure(name, panels: [Axes(x: Axis("epoch"), y: Axis("loss"), series: series)])))
  }
}

extension RunOutcome {
  /// What an autoencoder gives back.
  init(_ network: Autoencoder, _ data: PictureData, _ trainer: Trainer) {
    self.init()
    let nats = trainer.evaluate(data.test, batchSize: 256).loss
    var (squares, elements) = (0.0, 0)
    for batch in Loader(data.test, batchSize: 256).batches(epoch: 0) {
      squares += (network(batch.inputs) - batch.inputs).sumOfSquares().scalar
      elements += batch.inputs.count
    }
    let error = squares / Double(max(1, elements))
    numbers = [("crossEntropy", nats), ("meanSquaredError", error)]
    sentences = [
      "test set: cross-entropy \(NumberText.fixed(nats, places: 2)) nats a picture, mean squared error "
        + NumberText.fixed(error, places: 5)
    ]
    let x = data.examples.inputs
    show("reconstructions", "given, given back", .concatenated([x, network(x)], axis: 0), columns: x.shape[0])
  }

  /// The evidence lower bound of a variational autoencoder, what it gives back, and what it draws.
  init(_ network: VAE, _ data: PictureData, using random: inout Philox) {
    self.init()
    let evidence = network.evidence(of: data.test, using: &random)
    numbers = [
      ("evidenceLowerBound", evidence.bound), ("reconstruction", evidence.reconstruction),
      ("divergence", evidence.divergence),
    ]
    sentences = [
      "test set: evidence lower bound \(NumberText.fixed(evidence.bound, places: 2)) nats a picture "
        + "(reconstruction \(NumberText.fixed(evidence.reconstruction, places: 2)), divergence "
        + "\(NumberText.fixed(evidence.divergence, places: 2)))"
    ]
    let examples = data.examples
    let (x, classes) = (examples.inputs, network.classes)
    let labels = classes > 0 ? examples.targets : nil
    show(
      "reconstructions", "given, given back", .concatenated([x, network.reconstruct(x, labels: labels)], axis: 0),
      columns: x.shape[0])
    let columns = classes > 0 ? classes : 10
    let wanted = classes > 0 ? NDArray((0..<6 * columns).map { Int32($0 % columns) }) : nil
    show(
      "samples", "samples", network.sample(count: 6 * columns, labels: wanted, using: &random), columns: columns)
    guard classes == 0, x.shape[0] > 1 else { return }
    // From one picture to another in ten steps, along a line of codes.
    let code = network.encode(Tensor(x)).mean.value
    let lines = (0..<x.shape[0] / 2).map { pair -> NDArray in
      let share = NDArray((0..<10).map { Float($0) / 9 }, shape: [10, 1])
      return code[2 * pair..<2 * pair + 1] * (1 - share) + code[2 * pair + 1..<2 * pair + 2] * share
    }
    show("between", "from one picture to another", network.pictures(of: .concatenated(lines, axis: 0)), columns: 10)
  }

  /// What a generator makes, and whether it makes everything.
  init(_ gan: AdversarialTrainer, _ data: PictureData, using random: inout Philox) {
    self.init()
    let classes = gan.classes
    let columns = classes > 0 ? classes : 10
    let wanted = classes > 0 ? NDArray((0..<6 * columns).map { Int32($0 % columns) }) : nil
    let samples = gan.sample(count: 6 * columns, labels: wanted, using: &random)
    show("samples", "samples", samples * 0.5 + 0.5, columns: columns)
    let real = data.test.batch(at: Array(0..<min(1_100, data.test.count))).inputs
    let marks = max(2, real.shape[0] / 11)
    guard real.shape[0] > marks else { return }
    let coverage = ModeCoverage(landmarks: real[0..<marks], real: real[marks..<real.shape[0]])
    let drawn = (real.shape[0] - marks)
    let labels = classes > 0 ? NDArray((0..<drawn).map { Int32($0 % classes) }) : nil
    let found = coverage(gan.sample(count: drawn, labels: labels, using: &random) * 0.5 + 0.5)
    numbers = [("modeCoverage", found)]
    sentences = ["mode coverage \(NumberText.fixed(found, places: 2)) (1: as diverse as real pictures)"]
    if found < ModeCoverage.collapse {
      sentences.append("warning: the generator makes few different pictures; train longer, or try least-squares")
    }
  }

  /// How far guessed colours are from the true ones.
  init(_ network: Colorizer, _ data: PictureData) {
    self.init()
    let error = network.colorError(on: data.test, reference: data.train)
    numbers = [("colorError", error.network), ("meanColorError", error.meanColor), ("greyError", error.grey)]
    let texts = [error.network, error.meanColor, error.grey].map { NumberText.fixed($0, places: 2) }
    sentences = [
      "test set: colours are off by \(texts[0]) in a and b on average; the mean colour everywhere by \(texts[1]), "
        + "grey by \(texts[2])"
    ]
    let x = data.examples.inputs
    let (lightness, colors) = Colorizer.parts(x)
    let rows = [NDArray.zeros(colors.shape), network(lightness), colors].map { ab in
      LabColor.rgb(ofLab: .concatenated([lightness, ab], axis: 3))
    }
    show("colors", "grey, guessed, true", .concatenated(rows, axis: 0), columns: x.shape[0])
  }
}
