import Foundation
import HebbArrays
import HebbData
import HebbRecipes
import HebbTesting
import Testing

/// The recipe for time series, on series that a user gives.
@Suite struct SeriesTests {
  /// Waves of two frequencies that begin anywhere.
  private static func waves(_ count: Int) -> [(values: [Double], name: String)] {
    (0..<count).map { index in
      let frequency = index % 2 == 0 ? 0.4 : 1.1
      return ((0..<30).map { sin(Double($0) * frequency + Double(index)) }, index % 2 == 0 ? "slow" : "fast")
    }
  }

  @Test(arguments: ["waves.ts", "waves.csv"])
  func aFileOfTheUser(name: String) throws {
    try withTemporaryFolder { folder in
      let isTable = name.hasSuffix("csv")
      let lines = SeriesTests.waves(40).map { wave in
        wave.values.map { "\($0)" }.joined(separator: ",") + (isTable ? "," : ":") + wave.name
      }
      let text = (isTable ? "" : "@classLabel true slow fast\n@data\n") + lines.joined(separator: "\n")
      let path = "\(folder)/\(name)"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      var plan = TrainingPlan(try #require(Recipe.named("classify-series")).spec(), base: "")
      (plan.dataFolder, plan.epochs) = (path, 12)
      let session = try TrainingSession(plan)
      #expect(session.data.sampleShape == [30, 1] && session.data.train.count == 32)
      try session.fit()
      #expect(session.test().accuracy == 1)

      let file = "\(folder)/model.safetensors"
      try session.saveModel(to: file)
      let model = try TrainedModel(reading: file)
      #expect(try model.test(dataFolder: path, base: "").accuracy == 1)
      let reader = SampleReader(for: model, inverts: false)
      let given = isTable ? lines.map { $0.split(separator: ",").dropLast().joined(separator: ",") } : [text]
      let samples = try reader.read(Array(given.joined(separator: "\n").utf8), name: name)
      #expect(samples.count == 40 && samples.allSatisfy { $0.values.shape == [30, 1] })
      let answers = samples.map { sample in
        let shares = model(sample.values)
        return model.classNames[shares[0] > shares[1] ? 0 : 1]
      }
      #expect(answers == SeriesTests.waves(40).map(\.name))
      if !isTable {
        let short = Array("@classLabel true slow fast\n@data\n1,2,3:slow\n".utf8)
        #expect(throws: DataError.self) { try reader.read(short, name: "short.ts") }
      }
    }
  }

  @Test func namesOfNothingAreOneLine() throws {
    var plan = TrainingPlan(try #require(Recipe.named("classify-series")).spec(), base: "")
    for (data, words) in [("/nowhere/x.ts", "cannot be opened"), ("/", "gunpoint are not there")] {
      plan.dataFolder = data
      do {
        _ = try TrainingSession(plan)
        Issue.record("\(data) was taken")
      } catch { #expect(error.description.contains(words) && !error.description.contains("\n"), "\(error)") }
    }
  }
}
