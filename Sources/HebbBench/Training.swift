import Hebb

extension Workload {
  /// One training step each: forward, backward, update.
  static let training: [Workload] = [
    Workload(
      name: "train-playground", summary: "MLP 2-4-2-1 tanh, batch 10, SGD", sizes: [("batch", 10)]
    ) { sizes in
      var random = Philox(seed: 0)
      let network = Sequential {
        for (inputs, outputs) in [(2, 4), (4, 2), (2, 1)] {
          Linear(inputs, outputs, using: &random)
          Tanh()
        }
      }
      let x = NDArray.normal([sizes["batch"], 2], using: &random)
      let y = NDArray.normal([sizes["batch"], 1], using: &random).sign()
      let loss = Loss.meanSquaredError
      return trainingStep(network, SGD(learningRate: 0.03)) { loss(network(Tensor(x)), y) * 0.5 }
    },
    Workload(
      name: "train-mlp", summary: "MLP 784-512-512-10 ReLU, batch 64, Adam",
      sizes: [("batch", 64), ("inputs", 784), ("hidden", 512), ("classes", 10)]
    ) { sizes in
      var random = Philox(seed: 0)
      let hidden = sizes["hidden"]
      let model = MultilayerPerceptron([sizes["inputs"], hidden, hidden, sizes["classes"]], using: &random)
      let x = NDArray.normal([sizes["batch"], sizes["inputs"]], using: &random)
      return classifierStep(model, x, classes: sizes["classes"], Adam(learningRate: 1e-3), &random)
    },
    Workload(
      name: "train-lenet", summary: "LeNet-5, batch 64x1x28x28, SGD momentum", sizes: [("batch", 64)]
    ) { sizes in
      var random = Philox(seed: 0)
      let model = LeNet(using: &random)
      let x = NDArray.normal([sizes["batch"], 28, 28, 1], using: &random)
      return classifierStep(model, x, classes: 10, SGD(learningRate: 0.05, momentum: 0.9), &random)
    },
    Workload(
      name: "train-resnet20", summary: "ResNet-20, batch 64x3x32x32, SGD momentum + weight decay",
      sizes: [("batch", 64), ("side", 32), ("blocks", 3)]
    ) { sizes in
      var random = Philox(seed: 0)
      let model = ResNet(blocks: sizes["blocks"], using: &random)
      let x = NDArray.normal([sizes["batch"], sizes["side"], sizes["side"], 3], using: &random)
      let optimizer = SGD(learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4)
      return classifierStep(model, x, classes: 10, optimizer, &random)
    },
    Workload(
      name: "train-vae", summary: "VAE 784-400-20, batch 128, Adam",
      sizes: [("batch", 128), ("inputs", 784), ("hidden", 400), ("latent", 20)]
    ) { sizes in
      var random = Philox(seed: 0)
      let model = VAE([sizes["inputs"]], hidden: sizes["hidden"], latent: sizes["latent"], using: &random)
      let x = NDArray.uniform([sizes["batch"], sizes["inputs"]], using: &random)
      let batch = Batch(
        inputs: x, targets: .zeros([x.shape[0]], dtype: .int32), indices: Array(0..<x.shape[0]))
      return trainingStep(model, Adam(learningRate: 1e-3)) { model.outcome(batch).loss }
    },
    Workload(
      name: "train-dcgan", summary: "DCGAN 28x28, batch 64: one D and one G update", sizes: [("batch", 64)]
    ) { sizes in adversarialStep(batch: sizes["batch"]) },
  ]

  private static func classifierStep(
    _ model: any Layer, _ x: NDArray, classes: Int, _ optimizer: any Optimizer, _ random: inout Philox
  ) -> () -> Void {
    let labels = NDArray((0..<x.shape[0]).map { _ in Int32.random(in: 0..<Int32(classes), using: &random) })
    let crossEntropy = Loss.crossEntropy
    return trainingStep(model, optimizer) { crossEntropy(model(Tensor(x)), labels) }
  }

  static func trainingStep(
    _ model: any Module, _ optimizer: any Optimizer, _ loss: @escaping () -> Tensor
  ) -> () -> Void {
    var updater = Updater(optimizer, for: model)
    return {
      let (_, gradients) = Pass.training(seed: 0, step: updater.step) { valueAndGradients(loss) }
      updater.update(gradients)
    }
  }

  /// The discriminator learns from real and generated pictures, then the generator from the discriminator.
  private static func adversarialStep(batch: Int) -> () -> Void {
    var random = Philox(seed: 0)
    let generator = DCGANGenerator(using: &random)
    let discriminator = DCGANDiscriminator(using: &random)
    let adam = Adam(learningRate: 2e-4, beta1: 0.5, beta2: 0.999)
    var generatorUpdater = Updater(adam, for: generator)
    var discriminatorUpdater = Updater(adam, for: discriminator)
    let real = NDArray.normal([batch, 28, 28, 1], using: &random)
    let crossEntropy = Loss.binaryCrossEntropy
    let ones = NDArray.ones([batch, 1])
    let zeros = NDArray.zeros([batch, 1])
    return {
      let noise = NDArray.normal([batch, 64], using: &random)
      // One forward pass of the generator serves both updates.
      Pass.training(seed: 0, step: generatorUpdater.step) {
        let (fake, pullback) = valueWithPullback { generator(Tensor(noise)) }
        let (_, judgement) = valueAndGradients {
          crossEntropy(discriminator(Tensor(real)), ones)
            + crossEntropy(discriminator(Tensor(fake)), zeros)
        }
        discriminatorUpdater.update(judgement)
        let (_, wishes, _) = valueAndGradients(at: [fake], ofParameters: false) {
          crossEntropy(discriminator($0[0]), ones)
        }
        generatorUpdater.update(pullback(wishes[0]))
      }
    }
  }
}
