import Foundation
import HebbArrays
import HebbLayers
import HebbRecipes
import HebbTesting
import HebbTraining
import Testing

/// Whatever the library has can be declared in a network file, or it is told here why not.
@Suite struct DeclarableTests {
  /// A network file that begins with each kind of layer, on the inputs that it is for.
  private static let layers = [
    "embedding: {count: 20, features: 4, padding: 0, initializer: {uniform: 0.1}}",
    "linear: {units: 3, initializer: {normal: 0.01}}",
    "relu", "leaky-relu: 0.1", "elu: 0.5", "selu", "gelu", "gelu-tanh", "silu", "sigmoid", "hard-sigmoid", "tanh",
    "softplus",
    "softmax", "log-softmax", "prelu", "prelu: {shared: true, slope: 0.1}", "maxout: 2", "dropout: 0.1",
    "batch-norm: {momentum: 0.01, epsilon: 0.001}", "layer-norm", "flatten", "reshape: [2, 2, 1]",
  ]
  private static let pictureLayers = [
    "conv: {filters: 4, kernel: [3, 1], stride: 2, padding: same, dilation: 1, groups: 1, initializer: {orthogonal: 1.4}}",
    "conv-transpose: {filters: 4, kernel: 4, stride: 2, padding: 1, output-padding: 1, initializer: lecun-uniform}",
    "max-pool: 2", "average-pool: {size: 3, stride: 2, padding: 1}", "adaptive-average-pool: 3",
    "adaptive-max-pool: [2, 3]", "global-average-pool", "global-max-pool", "group-norm: {groups: 1, epsilon: 0.001}",
    "residual: [conv: {filters: 1, padding: same}, batch-norm]", "repeat: {times: 2, layers: [relu]}", "mlp: [4]",
    "lenet", "resnet: {blocks: 1}",
  ]
  private static let sequenceLayers = [
    "conv1d: {filters: 6, kernel: 3, groups: 2, padding: same}", "max-pool1d: {size: 3, stride: 2, padding: 1}",
    "average-pool1d: 2", "rnn: 4", "global-average-pool1d", "global-max-pool1d", "relu-rnn: 4", "lstm: 4",
    "peephole-lstm: 4", "gru: 4",
    "projected-lstm: {units: 6, outputs: 3}", "bidirectional: {layer: [lstm: 4], joining: add}",
    "final-state: [gru: 4]",
    "last-step", "variational-dropout: 0.2", "attention: {heads: 4, causal: true}",
    "transformer: {heads: 4, blocks: 2, hidden: 8, causal: true, normalization: after, activation: relu, dropout: 0.1}",
    "sinusoidal-positions", "learned-positions", "causal-conv1d: {filters: 6, kernel: 3, dilation: 2, groups: 2}",
    "temporal-block: {filters: 6, kernel: 3, dilation: 2, dropout: 0.1}",
  ]
  /// What has no place in a chain that ends in classes, and why. A chain is what `repeat` makes.
  private static let undeclarable: Set<String> = [
    "Stacked",  // recurrent layers in a list are a stack
    "GraphConvolution", "DiffusionConvolution", "DCGRU", "GraphGRU",  // need a graph, which samples in rows do not have
  ]

  private static func file(_ layers: String, set: String = "iris", training: String = "{}") -> String {
    "name: x\ndata: {set: \(set), normalize: unit}\nnetwork: [\(layers)]\ntraining: \(training)\n"
  }

  /// Every layer of a network file, with those inside of others.
  private static func built(_ layers: String, set: String) throws -> [any Layer] {
    let spec = try NetworkSpec(yaml: file(layers, set: set), file: "x.yaml")
    let network = try #require(try TrainingSession.networkAlone(TrainingPlan(spec, base: ""))).network
    var found: [any Layer] = []
    func visit(_ layer: any Layer) {
      found.append(layer)
      for (_, member) in layer.members.list { if let inner = member as? any Layer { visit(inner) } }
    }
    visit(network.model)
    return found
  }

  @Test func everyLayerCanBeDeclared() throws {
    var names: Set<String> = []
    var kinds: Set<String> = []
    let ends = "flatten, linear: classes"
    for (set, layers, before) in [
      ("iris", Self.layers, ""), ("mnist", Self.pictureLayers, ""),
      ("mnist", Self.sequenceLayers, "reshape: [28, 28], "),
    ] {
      for layer in layers {
        let kind = String(layer.prefix { $0 != ":" })
        let isWhole = ["mlp", "lenet", "resnet"].contains(kind)
        let start = kind == "mlp" ? "flatten, " : before
        let all = try Self.built(start + layer + (isWhole ? "" : ", \(ends)"), set: set)
        names.formUnion(all.map { String(describing: type(of: $0)) })
        kinds.insert(kind)
      }
    }
    #expect(kinds == Set(LayerKind.all.map(\.name)), "a kind of layer has no row here")
    let layers = try Self.types("HebbLayers", conformingTo: "Layer")
    #expect(layers.count > 30)
    #expect(layers.subtracting(names).subtracting(Self.undeclarable) == [], "add them to LayerKinds")
  }

  @Test(arguments: [
    "sgd", "adam", "adamw", "nadam: {momentum-decay: 0.01}", "rmsprop: {centered: true}", "adagrad: {rate-decay: 0.1}",
    "adadelta", "lion: {decay: {l2: 0.1, l1: 0.01, biases: true, normalization: true}}",
  ])
  func optimizersAreDeclared(_ text: String) throws {
    let spec = try NetworkSpec(
      yaml: Self.file(
        "linear: classes", training: "{optimizer: {\(text.contains(":") ? text : text + ": {rate: 0.1}")}}"), file: "x")
    #expect(spec.training.optimizer.name.lowercased() == text.prefix { $0 != ":" })
  }

  @Test func everyOptimizerCanBeDeclared() throws {
    let types = try Self.types("HebbTraining", conformingTo: "Optimizer").map { $0.lowercased() }
    #expect(Set(types) == ["sgd", "adam", "adamw", "nadam", "rmsprop", "adagrad", "adadelta", "lion"])
  }

  /// Names after a dot in the library's source, and how files write them.
  @Test func everyLossInitializerScheduleAndAugmentationCanBeDeclared() throws {
    let losses: [String: String?] = [
      "crossEntropy": "cross-entropy", "binaryCrossEntropy": "{binary-cross-entropy: {positive-weight: 2}}",
      "hinge": "hinge", "multiclassHinge": "multiclass-hinge", "klDivergence": "kl-divergence", "cosine": "cosine",
      "meanSquaredError": "mean-squared-error", "meanAbsoluteError": "mean-absolute-error",
      "huber": "{huber: {delta: 2}}",
      // A triplet needs batches of three parts; logits are exact where probabilities are not.
      // CTC's labels are rows of their own lengths, not classes.
      // The tables of network files have no gaps.
      "triplet": nil, "binaryCrossEntropyOfProbabilities": nil, "ctc": nil, "maskedMeanAbsoluteError": nil,
    ]
    #expect(try Self.statics("HebbLayers/Losses", of: "Loss") == Set(losses.keys))
    for case let loss? in losses.values { try Self.trainsAStep("{loss: \(loss)}") }
    let initializers = [
      "standard": "standard", "zeros": "zeros", "ones": "ones", "constant": "{constant: 0.1}",
      "normal": "{normal: 0.1}",
      "truncatedNormal": "{truncated-normal: 0.1}", "uniform": "{uniform: 0.1}", "leCunNormal": "lecun",
      "leCunUniform": "lecun-uniform", "xavierNormal": "xavier-normal", "xavierUniform": "xavier", "heNormal": "he",
      "heUniform": "he-uniform", "orthogonal": "orthogonal",
    ]
    #expect(try Self.statics("HebbLayers", of: "Initializer") == Set(initializers.keys))
    for text in initializers.values {
      _ = try Self.built("linear: {units: classes, initializer: \(text)}", set: "iris")
    }
    let schedules = [
      "constant": "constant", "step": "{step: {every: 0.5}}", "multiStep": "{multi-step: {at: [1, 2], factor: 0.5}}",
      "exponential": "{exponential: {factor: 0.9}}",
      "cosine": "{cosine: {to: 0.1, over: 1, restarts: true, period-factor: 2}}",
      "warmUp": "{warm-up: {epochs: 1, from: 0.1, then: cosine}}", "oneCycle": "one-cycle",
    ]
    let source = try String(
      contentsOfFile: Document.root + "Sources/HebbTraining/Schedules/Schedule.swift", encoding: .utf8)
    let cases = source.prefix(upTo: try #require(source.range(of: "public enum Length")).lowerBound)
      .matches(of: /\n  case (\w+)/).map { String($0.1) }
    #expect(Set(cases) == Set(schedules.keys))
    for text in schedules.values { try Self.trainsAStep("{schedule: \(text)}") }
    let augmentations = [
      "RandomCrop": "crop: 1", "Shift": "shift: 0.1", "Rotation": "rotate: 5", "Flip": "flip", "Noise": "noise: 1",
      "CutOut": "cutout: 2",
    ]
    #expect(try Self.types("HebbData", conformingTo: "Augmentation") == Set(augmentations.keys))
    for (type, text) in augmentations {
      let spec = try NetworkSpec(
        yaml: "data: {set: mnist, augment: [\(text)]}\nnetwork: [flatten, linear: classes]", file: "x")
      #expect(spec.data.augmentations.map { String(describing: Swift.type(of: $0)) } == [type])
    }
  }

  /// A run of one epoch on flowers.
  private static func trainsAStep(_ training: String) throws {
    let spec = try NetworkSpec(yaml: file("linear: classes", training: training), file: "x.yaml")
    var plan = TrainingPlan(spec, base: "")
    plan.epochs = 1
    let session = try TrainingSession(plan)
    let history = try session.fit()
    #expect(history.epochs.count == 1 && history.epochs[0].trainingLoss.isFinite, "\(training)")
  }

  /// The public types below a folder of the sources that conform to a protocol, or to one that inherits from it.
  private static func types(_ folder: String, conformingTo name: String) throws -> Set<String> {
    let texts = try sources(folder)
    func declared(_ kind: Regex<(Substring, Substring, Substring)>) -> [(name: String, parents: [String])] {
      texts.flatMap { $0.matches(of: kind) }.map { match in
        (String(match.1), match.2.split(whereSeparator: { ", ".contains($0) }).map(String.init))
      }
    }
    let heirs = declared(/protocol (\w+): ([\w, ]+) \{/)
    var protocols: Set = [name]
    for _ in heirs { protocols.formUnion(heirs.filter { !protocols.isDisjoint(with: $0.parents) }.map(\.name)) }
    let types = declared(/public (?:struct|final class|class) (\w+): ([\w, ]+) \{/)
    return Set(types.filter { !protocols.isDisjoint(with: $0.parents) }.map(\.name))
  }

  /// The public static members below a folder that are of a type, in extensions of it.
  private static func statics(_ folder: String, of type: String) throws -> Set<String> {
    var found: Set<String> = []
    for text in try sources(folder) where text.contains("extension \(type) {") {
      for match in text.matches(of: /\n {2}public static (?:let|func) (\w+)/) { found.insert(String(match.1)) }
    }
    return found
  }

  private static func sources(_ folder: String) throws -> [String] {
    let root = Document.root + "Sources/" + folder
    let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(".swift") }.map {
      try String(contentsOfFile: "\(root)/\($0)", encoding: .utf8)
    }
  }
}
