import Foundation
import Hebb
import HebbFiles
import HebbRecipes
import HebbRuns
import HebbTesting
import Testing

@Suite struct GenerativeTests {
  private func photo(_ height: Int, _ width: Int, channels: Int = 3, seed: UInt64 = 1) -> NDArray {
    var random = Philox(seed: seed)
    return (NDArray.uniform([height, width, channels], using: &random) * 255).cast(to: .uint8)
  }

  private func problem(_ source: String, color: Bool = false) -> String? {
    do throws(DataError) { _ = try PictureData(source, needsColor: color) } catch { return error.description }
    return nil
  }

  @Test func foldersOfPicturesAreTaken() throws {
    try withTemporaryFolder { folder in
      for index in 0..<12 {
        try Picture.write(photo(20 + index, 40, seed: UInt64(index)), to: "\(folder)/\(index).png")
      }
      let data = try PictureData(folder, needsColor: true)
      #expect(data.sample == [32, 32, 3] && data.train.count + data.test.count == 12 && data.test.count > 0)
      let batch = data.train.all.inputs
      #expect(batch.min().scalar >= 0 && batch.max().scalar <= 1)
    }
  }

  @Test func unfitDataAreToldInOneLine() throws {
    try withTemporaryFolder { folder in
      #expect(problem(folder)?.contains("no pictures") == true, "\(problem(folder) ?? "")")
      try Picture.write(photo(9, 9), to: "\(folder)/one.png")
      #expect(problem(folder)?.contains("1 picture is too few") == true, "\(problem(folder) ?? "")")
      for index in 0..<12 { try Data("no picture".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(index).jpg")) }
      #expect(problem(folder)?.contains("neither a PNG nor a JPEG") == true, "\(problem(folder) ?? "")")
    }
    #expect(problem("iris")?.contains("no pictures") == true)
    #expect(problem("digits", color: true)?.contains("grey") == true)
    #expect(problem("nowhere")?.contains("no such data set") == true)
    #expect(problem("digits") == nil)
  }

  /// Photos of any size keep it, and their lightness; grey ones too.
  @Test func photosKeepSizeAndLightness() {
    var random = Philox(seed: 1)
    let coloring = PhotoColoring(Colorizer(width: 2, using: &random), detail: 32)
    for shape: Shape in [[1, 1, 1], [1, 300, 1], [257, 1, 3], [40, 33, 3], [90, 200, 1]] {
      let x = photo(shape[0], shape[1], channels: shape[2])
      let y = coloring(x)
      #expect(y.shape == [shape[0], shape[1], 3] && y.dtype == .uint8)
    }
    // Mid greys can hold a little colour without leaving what a screen shows.
    let grey = NDArray(shape: [50, 60, 1]) { (x: UnsafeMutableBufferPointer<UInt8>) in
      for i in x.indices { x[i] = UInt8(90 + i % 60) }
    }
    let before = LabColor.lab(ofRGB: Picture.picture(grey, channels: 3).cast(to: .float32) * (1.0 / 255))
    let after = LabColor.lab(ofRGB: coloring(grey).cast(to: .float32) * (1.0 / 255))
    let change = (before - after).sliced(axis: 2, from: 0, to: 1).abs()
    #expect(change.mean().scalar < 1.5, "\(change.mean().scalar)")
  }

  /// What is done cannot be undone: fewer epochs than a run has are refused, as many say what it came to.
  @Test func runsAreNotResumedToFewerEpochs() throws {
    try withTemporaryFolder { folder in
      for name in ["vae", "gan"] {
        let place = RunFolder("\(folder)/\(name)")
        func run(_ epochs: Int, resumes: Bool) throws {
          let recipe = try #require(GenerativeRecipe.named(name))
          let plan = try GenerativePlan(
            recipe, kind: name == "gan" ? "plain" : nil, source: "digits", epochs: epochs, seed: 3)
          let run = try GenerativeRun(plan)
          let outcome = try run.run(
            in: place, resumes: resumes, bar: ProgressBar(.lines) { _ in }, progress: { _ in }, line: { _ in })
          #expect(!outcome.figures.isEmpty)
        }
        try run(2, resumes: false)
        let before = try Data(contentsOf: URL(fileURLWithPath: place.description))
        #expect(throws: DataError.self, "\(name)") { try run(1, resumes: true) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.description)) == before)
        try run(2, resumes: true)
      }
    }
  }

  /// A model's file is all that it takes; a damaged one is refused in one line.
  @Test(arguments: ["plain", "conditional"]) func filesHoldAllThatIsNeeded(_ kind: String) throws {
    try withTemporaryFolder { folder in
      let plan = try GenerativePlan(.vae, kind: kind, source: "digits", epochs: 1, seed: 3, options: ["beta": "2"])
      let run = try GenerativeRun(plan)
      let place = RunFolder(folder + "/run")
      let outcome = try run.run(
        in: place, resumes: false, bar: ProgressBar(.lines) { _ in }, progress: { _ in }, line: { _ in })
      #expect(outcome.numbers.first?.name == "evidenceLowerBound")
      let read = try #require(try TrainedGenerative(reading: place.model))
      var random = Philox(seed: 5)
      let samples = try read.sample(count: 6, using: &random)
      #expect(samples.shape == [6, 8, 8, 1] && samples.max().scalar <= 1)
      #expect((try? read.label(of: "3")) == (kind == "conditional" ? 3 : nil))
      #expect(throws: DataError.self) { try read.colorizer() }
      var file = try ModelFile(reading: place.model)
      file.configuration = #"{"generative":"vae","kind":"plain","sample":[100000,100000,1],"beta":1}"#
      try file.write(to: folder + "/bad.safetensors")
      let bad = folder + "/bad.safetensors"
      #expect(throws: DataError.self) { try TrainedGenerative(reading: bad) }
    }
  }
}
