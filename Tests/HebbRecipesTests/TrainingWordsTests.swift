import Foundation
import HebbArrays
import HebbData
import HebbFiles
import HebbLayers
import HebbRecipes
import HebbRuns
import HebbTraining
import Testing

/// What `training` can say of measures, groups, samples and checkpoints, and what the lists of words promise.
@Suite struct TrainingWordsTests {
  private static func session(_ training: String, data: String = "iris", base: String = "") throws -> TrainingSession {
    let text = "name: x\ndata: \(data)\nnetwork: [linear: 6, tanh, linear: classes]\ntraining:\n  \(training)\n"
    return try TrainingSession(TrainingPlan(NetworkSpec(yaml: text, file: "x.yaml"), base: base))
  }

  private static func error(_ training: String, data: String = "iris") -> String? {
    do { _ = try session(training, data: data) } catch { return "\(error)" }
    return nil
  }

  /// Every example of a list can be written into a file.
  @Test func examplesAreRead() throws {
    for (key, words) in [
      ("loss", LossSpec.words), ("optimizer", OptimizerSpec.words), ("schedule", ScheduleSpec.words),
      ("metrics", MetricSpec.words),
    ] {
      for word in words {
        let text = "data: {set: iris, validation: 0.1}\nnetwork: [linear: classes]\ntraining: {\(key): \(word.example)}"
        #expect(throws: Never.self, "\(word.example)") { try NetworkSpec(yaml: text, file: "x") }
        #expect(word.example.contains(word.name) && !word.summary.isEmpty)
      }
    }
    for word in Initializers.words {
      let text = "data: iris\nnetwork: [linear: {units: classes, initializer: \(word.example)}]"
      #expect(throws: Never.self, "\(word.example)") {
        _ = try TrainingSession.networkAlone(TrainingPlan(NetworkSpec(yaml: text, file: "x"), base: ""))
      }
    }
    for word in AugmentationSpec.words {
      let text = "data: {set: digits, augment: [\(word.example)]}\nnetwork: [flatten, linear: classes]"
      #expect(throws: Never.self, "\(word.example)") { try NetworkSpec(yaml: text, file: "x") }
    }
  }

  @Test func metricsAreMeasured() throws {
    let session = try Self.session("metrics: [top-2, f1, precision, recall]")
    #expect(session.trainer.metrics.map(\.name) == ["top-2 accuracy", "F1", "precision", "recall"])
    #expect(session.test().metrics.count == 4)
    #expect(
      Self.error("metrics: [acuracy]") == "x.yaml, line 5: “acuracy” is not a known metric; did you mean “accuracy”?")
    #expect(
      Self.error("metrics: [mae]")
        == "x.yaml, line 5: mae needs numbers, but the targets are classes; use accuracy, top-3 or f1")
    #expect(Self.error("metrics: [f1, f1]") == "x.yaml, line 5: “f1” comes twice; keep one of them")
  }

  @Test func groupsLearnAtTheirOwnRate() throws {
    let session = try Self.session("groups: {\"0\": frozen, \"2.*\": {rate: 2, decay: {l2: 0.1, biases: true}}}")
    let before = session.network.model.namedParameters.map { $0.parameter.value.elements(as: Float.self) }
    _ = try session.trainer.fit(session.data.train, epochs: 1)
    let changed = zip(session.network.model.namedParameters, before).map {
      $0.parameter.value.elements(as: Float.self) != $1
    }
    #expect(changed == [false, false, true, true])
    #expect(
      Self.error("groups: {\"7\": frozen}")
        == "x.yaml, line 5: no parameter's path fits “7”; there are 0.weight, 0.bias, 2.weight, 2.bias")
    #expect(Self.error("groups: {\"0\": slow}")?.hasPrefix("x.yaml, line 5: expected frozen, or {rate: FACTOR") == true)
    #expect(Self.error("groups: {\"0\": {rat: 1}}")?.contains("did you mean “rate”?") == true)
  }

  @Test func samplesAreWeighed() throws {
    let folder = NSTemporaryDirectory() + "hebb-words-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // Nine of ten samples are of one class, and nothing tells them apart: answers follow the draws.
    let rows = (0..<400).map { "1,\($0 % 10 == 0 ? "rare" : "often")" }
    try Data(rows.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: folder + "/t.csv"))
    func share(_ sample: String) throws -> Double {
      let session = try Self.session(
        "{sample: \(sample), epochs: 20, optimizer: {adam: {rate: 0.02}}}", data: "{table: t.csv, normalize: unit}",
        base: folder)
      try session.fit()
      return session.trainedModel(NDArray([1] as [Float]))[1]
    }
    #expect(abs(try share("shuffled") - 0.1) < 0.06)
    #expect(abs(try share("balanced") - 0.5) < 0.1)
    #expect(abs(try share("{weighted: {rare: 27}}") - 0.75) < 0.1)
    #expect(Self.error("sample: balanced", data: "iris") == nil)
    #expect(Self.error("sample: balancd")?.hasSuffix("is not a known way to sample; did you mean “balanced”?") == true)
    #expect(
      Self.error("sample: {weighted: {setsa: 2}}")
        == "x.yaml, line 5: “setsa” is not a known class; did you mean “setosa”?")
  }

  @Test func oneSampleHasNoSpread() throws {
    func session(batch: Int) throws -> TrainingSession {
      let network = "network: [linear: 8, batch-norm, relu, linear: classes]"
      let text = "name: x\ndata: iris\n\(network)\ntraining: {epochs: 1, batch: \(batch)}"
      return try TrainingSession(TrainingPlan(NetworkSpec(yaml: text, file: "x.yaml"), base: ""))
    }
    let refused = #expect(throws: DataError.self) { _ = try session(batch: 1) }
    #expect(refused?.description.contains("batch-norm, layer 1, cannot learn from batches of one sample") == true)
    // 120 samples: one is left over.
    try session(batch: 7).fit()
  }

  @Test func checkpointsAreKept() throws {
    let folder = NSTemporaryDirectory() + "hebb-kept-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = try Self.session(
      "{epochs: 5, metrics: [f1], keep: {best: f1, last: 2}}", data: "{set: iris, validation: 0.2}")
    try session.keep(in: RunFolder(folder), resumes: false)
    try session.fit()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(
      names == [
        "best.safetensors", "checkpoint-epoch-4.safetensors", "checkpoint-epoch-5.safetensors",
        "checkpoint.safetensors", "layers.csv", "metrics.csv",
      ])
    let data = "{set: iris, validation: 0.2}"
    #expect(
      Self.error("keep: {best: f1}", data: data) == "x.yaml, line 5: f1 is not measured; add it to metrics in training")
    #expect(Self.error("keep: {best: accuracy}")?.contains("would choose by the test set") == true)
    #expect(Self.error("keep: {}", data: data)?.contains("expected best: MEASURE, last: NUMBER, or both") == true)
    #expect(Self.error("keep: {best: acuracy}", data: data)?.contains("did you mean “accuracy”?") == true)
  }

  @Test func arraysOfNumPy() throws {
    let folder = NSTemporaryDirectory() + "hebb-arrays-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var random = Philox(seed: 2)
    let x = NDArray.uniform([40, 4], using: &random)
    let y = NDArray((0..<40).map { Int32($0 % 3) })
    for (name, array) in [
      ("x", x), ("y", y), ("z", x.sum(axes: [1], keepingAxes: false)), ("few", NDArray([0, 1] as [Int32])),
    ] {
      try NumPyFile.write(array, to: "\(folder)/\(name).npy")
    }
    func session(_ arrays: String) throws -> TrainingSession {
      try Self.session("epochs: 1", data: "{arrays: {\(arrays)}}", base: folder)
    }
    let classes = try session("inputs: x.npy, targets: y.npy")
    #expect(classes.data.train.count + classes.data.test.count == 40 && classes.data.classNames == ["0", "1", "2"])
    let numbers = try session("inputs: x.npy, targets: z.npy, test-inputs: x.npy, test-targets: z.npy")
    #expect(!numbers.data.isClassified && numbers.data.test.count == 40 && numbers.data.outputs == 1)
    for (arrays, words) in [
      ("inputs: x.npy", "arrays needs “targets”"), ("inputs: x.npy, targets: few.npy", "there are 40 samples"),
      ("inputs: y.npy, targets: y.npy", "it has the shape [40]"), ("inputs: n.npy, targets: y.npy", "n.npy"),
      ("inputs: x.npy, targets: y.npy, test-inputs: x.npy", "arrays needs “test-targets”"),
      ("inputs: x.npy, target: y.npy", "did you mean “targets”?"),
    ] {
      do {
        _ = try session(arrays)
        Issue.record("\(arrays) is taken")
      } catch { #expect("\(error)".contains(words), "\(error)") }
    }
  }

  @Test func ratesAreSearchedFor() throws {
    let search = RateSearch(try Self.session("batch: 16"))
    let suggestion = try #require(search.curve.suggestion)
    #expect((1e-4...1).contains(suggestion))
    #expect(search.figure.svg().contains("learning rate"))
  }
}
