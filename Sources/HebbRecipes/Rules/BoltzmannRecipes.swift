import Hebb
import HebbPlots
import HebbRuns

extension RuleRecipe {
  package static let rbm = RuleRecipe(
    name: "rbm", summary: "a restricted Boltzmann machine of 500 hidden units, with its likelihood", data: "mnist",
    variants: [("persistent", .shades)], epochs: 20, classifies: false, needsClasses: false
  ) { data, settings, random, progress in
    let means = NDArray.minimum(NDArray.maximum(data.train.mean(axis: 0), 0.01), 0.99)
    let fresh = RestrictedBoltzmann(visible: data.form.features, hidden: 500, using: &random)
    // Visible units begin as bright as they are in the data.
    var machine = RestrictedBoltzmann(
      weights: fresh.weights, visibleBias: (means / (1 - means)).log(), hiddenBias: fresh.hiddenBias)
    var training = BoltzmannTraining(epochs: settings.epochs, learningRate: 0.05, finalRate: 1e-4)
    training.drawsSamples = true
    try machine.fit(data.train, training, using: &random, checkpoint: settings.checkpoint, progress: progress)
    let logZ = try machine.logPartition(
      startingFrom: data.train, temperatures: 5_000, using: &random
    ) { progress(RuleProgress(step: $0.step, steps: $0.steps)) }
    let binary = NDArray.uniform(data.test.shape, using: &random).less(than: data.test)
    let likelihood = try machine.logLikelihood(of: binary, logPartition: logZ.value)
    var outcome = RunOutcome()
    outcome.numbers = [("logLikelihood", likelihood), ("logPartition", logZ.value)]
    outcome.sentences = [
      "log-likelihood \(NumberText.fixed(likelihood, places: 2)) nats on the test set, drawn as 0 and 1; log Z "
        + "\(NumberText.fixed(logZ.value, places: 2)) (\(NumberText.fixed(logZ.low, places: 2)) to "
        + "\(NumberText.fixed(logZ.high, places: 2)) by annealed importance sampling)"
    ]
    let dreams = try machine.sample(count: 40, startingFrom: binary[0..<min(40, binary.shape[0])], using: &random)
    outcome.show("samples", "samples after 1,000 steps", dreams, data.form, columns: 10)
    let filters = machine.weights.transposed()[0..<min(100, machine.hiddenCount)]
    let spread = NDArray.maximum(filters.abs().max(axes: [1], keepingAxes: true), 1e-6)
    outcome.show("filters", "weights of hidden units", filters / spread * 0.5 + 0.5, data.form, columns: 10)
    return (machine, outcome)
  }

  package static let dbn = RuleRecipe(
    name: "dbn", summary: "a deep belief network, greedily trained, and a linear classifier on its features",
    data: "mnist", variants: [("greedy", .shades)], epochs: 20, classifies: true
  ) { data, settings, random, progress in
    var network = DeepBeliefNetwork([data.form.features, 1_200, 1_200], using: &random)
    var training = BoltzmannTraining(
      epochs: settings.epochs, method: .contrastiveDivergence(steps: 1), learningRate: 0.05, finalRate: 0.005,
      momentum: 0.5)
    training.weightDecay = 2e-4
    // Dreams come from the machine at the top.
    var top = BoltzmannTraining(epochs: settings.epochs, learningRate: 0.05, finalRate: 1e-4)
    top.drawsSamples = true
    try network.fit(
      data.train, [training, top], using: &random, checkpoint: settings.checkpoint, progress: progress)
    var outcome = RunOutcome()
    let answers = try linearAnswers(network, data, &random, progress)
    outcome.score(answers, data)
    let dreams = try network.sample(count: 40, using: &random)
    outcome.show("samples", "samples after 1,000 steps", dreams, data.form, columns: 10)
    return (network, outcome)
  }

  /// What softmax regression on the features of all layers says of the test set.
  private static func linearAnswers(
    _ network: DeepBeliefNetwork, _ data: RuleData, _ random: inout Philox, _ progress: RuleWatcher
  ) throws -> [Int] {
    let features = { (x: NDArray) throws(RuleError) in NDArray.concatenated(try network.layers(of: x), axis: 1) }
    let x = try features(data.train)
    let samples = ArrayDataset(
      name: data.name, inputs: x, targets: NDArray(data.trainLabels.map { Int32($0) }), classNames: data.classNames)
    let layer = Linear(x.shape[1], data.classNames.count, using: &random)
    let trainer = Trainer(layer, loss: .crossEntropy, optimizer: Adam(learningRate: 5e-3), schedule: .cosine())
    let history = try trainer.fit(samples, epochs: 20, batchSize: 200)
    progress(RuleProgress(step: 20, steps: 20, value: history.epochs.last?.trainingLoss))
    return layer(try features(data.test)).argMax(axis: 1).elements(as: Int32.self).map(Int.init)
  }
}
