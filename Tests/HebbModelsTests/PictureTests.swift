import HebbArrays
import HebbAutograd
import HebbData
import HebbLayers
import HebbModels
import HebbTesting
import HebbTraining
import Testing

@Suite struct PictureTests {
  /// The same weights give PyTorch's pictures, on a size that has to be padded.
  @Test(arguments: [(DType.float64, 1e-9), (.float32, 1e-3)])
  func theUNetAgreesWithPyTorch(_ dtype: DType, _ allowed: Double) throws {
    var random = Philox(seed: 0)
    let network = UNet(1, 2, width: 2, depth: 2, using: &random)
    network.cast(to: dtype)
    try network.load(reference.values("unet.", for: network))
    let y = Pass.training(seed: 0) { network(reference["unet.x"].cast(to: dtype)) }
    #expect(difference(y, reference["unet.y"]) < allowed)
  }

  @Test func picturesOfAnySizeAreTaken() {
    var random = Philox(seed: 0)
    let network = UNet(3, 2, width: 2, depth: 3, using: &random)
    for (height, width) in [(8, 8), (1, 9), (7, 1), (1, 1), (13, 24)] {
      #expect(network(.ones([2, height, width, 3])).shape == [2, height, width, 2])
    }
  }

  /// Scikit-image's white is not quite that of its matrix, so that its greys have a little colour: ours have none.
  @Test(arguments: [(DType.float64, 5e-3), (.float32, 6e-3)])
  func colorsAreThoseOfScikitImage(_ dtype: DType, _ allowed: Double) throws {
    let rgb = reference["lab.rgb"].cast(to: dtype)
    let lab = LabColor.lab(ofRGB: rgb)
    #expect(difference(lab, reference["lab.lab"]) < allowed)
    #expect(difference(LabColor.rgb(ofLab: lab), rgb) < 1e-4)
  }

  /// White is 100, 0, 0; every grey has no colour; colours that no screen has are held.
  @Test func greysHaveNoColor() {
    let greys = NDArray.stacked([NDArray](repeating: .range(256, dtype: .float64) / 255, count: 3), axis: 1)
    let lab = LabColor.lab(ofRGB: greys)
    #expect(lab.sliced(axis: 1, from: 1, to: 3).abs().max().scalar < 1e-9)
    #expect(abs(lab.element(255 * 3) - 100) < 1e-9 && abs(lab.element(0)) < 1e-9)
    let held = LabColor.rgb(ofLab: NDArray([50, 200, -200, 120, 0, 0, -20, 0, 0] as [Double], shape: [3, 3]))
    #expect(held.min().scalar >= 0 && held.max().scalar <= 1)
  }

  /// A colour that follows from lightness is learned.
  @Test func colorsAreLearned() throws {
    var random = Philox(seed: 1)
    // Dark pixels are blue, bright ones yellow.
    let dark = NDArray.bernoulli([96, 16, 16, 1], probability: 0.5, using: &random)
    let rgb = NDArray.concatenated([dark * 0.1 + 0.8 * (1 - dark), dark * 0.1 + 0.7 * (1 - dark), dark * 0.5], axis: 3)
    let data = ArrayDataset(name: "two colours", inputs: rgb, targets: .zeros([96], dtype: .int32))
    let network = Colorizer(width: 4, depth: 1, using: &random)
    let optimizer = Adam(learningRate: 1e-2)
    _ = try network.trainer(optimizer, seed: 1).fit(data, epochs: 15, batchSize: 16)
    let error = network.colorError(on: data, reference: data)
    #expect(error.network < 0.2 * error.meanColor && error.meanColor < error.grey, "\(error)")
  }

  @Test(arguments: [("small", 1e-8), ("large", 1e-7), ("flat", 1e-3)])
  func theFrechetDistanceIsSciPys(_ name: String, _ allowed: Double) throws {
    let truth = reference["frechet.\(name)"].scalar
    let found = FrechetDistance.squared(reference["frechet.\(name).a"], reference["frechet.\(name).b"])
    #expect(abs(found - truth) < allowed * truth, "\(found) \(truth)")
    #expect(FrechetDistance.squared(reference["frechet.\(name).a"], reference["frechet.\(name).a"]) < 1e-6 * truth)
  }
}
