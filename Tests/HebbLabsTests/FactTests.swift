import HebbLabs
import HebbPlots
import Testing

/// What must come out of single experiments, whatever the seed.
@Suite struct FactTests {
  /// The rows of one of a lab's tables.
  private func rows(_ name: String, table: Int, effort: Double = 0.05) throws -> [[String]] {
    try #require(Labs.named(name)).run(LabOptions(seed: 5, effort: effort)).tables[table].rows
  }

  @Test func softmaxOfTheWellKnownNumbers() throws {
    let probabilities = try rows("softmax", table: 0).map { $0[3] }
    #expect(probabilities == ["0.024", "0.064", "0.175", "0.475", "0.024", "0.064", "0.175"])
  }

  @Test func backpropagationThreeWaysAgree() throws {
    for row in try rows("backpropagation", table: 1) {
      #expect(row[2] == row[3] && row[3] == row[4])
    }
  }

  @Test func crossEntropyOfTheSameTruth() throws {
    let losses = try rows("cross-entropy", table: 0).map { $0[1] }
    #expect(losses[0] == "0.511" && Set(losses[0..<3]).count == 1 && losses[3] == "0.105")
  }

  @Test func parametersOfADenseNetAndAConvolution() throws {
    let counted = try rows("parameters", table: 0).map { [$0[2], $0[3]] }
    #expect(counted == [["11,935", "11,935"], ["390", "390"], ["550", "550"]])
  }

  @Test func sizesByFormulaAndMeasured() throws {
    let cases = try rows("sizes", table: 0)
    #expect(cases.allSatisfy { $0[5] == $0[6] })
    #expect(cases[1] == ["28", "3", "1", "1", "1", "28", "28", "0"])
    let same = try rows("sizes", table: 1)
    #expect(same.map { $0[1] } == ["0", "none", "1", "none", "2", "none", "3", "none"])
    #expect(same.allSatisfy { $0[3] == "28" })
  }

  @Test func receptiveFieldsComputedAndMeasured() throws {
    let fields = try rows("receptive-field", table: 0)
    #expect(fields[0].dropFirst() == ["3 / 3", "5 / 5", "7 / 7", "9 / 9"])
    #expect(fields[4].last == "46 / 46")
    for cell in fields.flatMap({ $0.dropFirst() }) {
      let parts = cell.split(separator: " ")
      #expect(parts.first == parts.last)
    }
  }

  @Test func layersCorrelateAndDoNotTurnTheKernel() throws {
    let kernels = try rows("convolution", table: 1)
    #expect(kernels.allSatisfy { $0[1] == "0" })
    #expect(kernels.map { $0[2] == "0" } == [false, true, false])
  }

  @Test func convolutionsMoveAlongWithThePicture() throws {
    let gaps = try rows("translation", table: 1)
    #expect(gaps[0].dropFirst() == ["0", "0"])
    #expect(gaps[1][1] != "0" && gaps[1][2] == "0")
  }

  @Test func gradientsOfSmallWeightsVanish() throws {
    let shares = try rows("gradients", table: 0)
    func share(_ name: String) throws -> [String] { try #require(shares.first { $0[0] == name }) }
    #expect(try share("ReLU, 0.01")[3] == "0")
    #expect(try share("tanh, 0.01")[3] == "0")
    let steady = try #require(Double(share("ReLU, √(2/n), batch norm and residual")[3]))
    #expect(steady > 0.1 && steady < 100)
  }

  @Test func iterationsAreCountedAndEverySampleIsVisitedOnce() throws {
    let report = try #require(Labs.named("iterations")).run(LabOptions(seed: 5, effort: 0.2))
    for row in report.tables[0].rows {
      #expect(row[2] == "2" && Int(row[3]) == Int(row[1]).map { 2 * $0 })
    }
    #expect(report.sentences.contains("In an epoch every sample is visited exactly once."))
  }

  @Test func onlyReLUStopsGradients() throws {
    let units = try rows("relu", table: 1)
    #expect(units.filter { $0[0].hasPrefix("Leaky") }.allSatisfy { $0[4] == "0" || $0[4] == "–" })
    #expect(units.filter { $0[0] == "ReLU" }.allSatisfy { $0[3] == $0[4] })
  }

  @Test func averagingFindsNoSingleBrightPixel() throws {
    let tasks = try rows("pooling", table: 1, effort: 1)
    let values = tasks.map { $0.dropFirst().prefix(2).compactMap { Double($0.split(separator: " ")[0]) } }
    #expect(values[1][0] > 95 && values[1][1] < 70)
    #expect(values[2][0] < 70 && values[2][1] > 95)
  }

  @Test func weightsOfRecurrentLayersAreSharedOverTime() throws {
    let counts = try rows("sequence-length", table: 0)
    // 8 inputs and 32 units by hand: g gates of (8 + 32 + 1) · 32, one more bias in a GRU, and 32 · 2 + 2 behind it.
    #expect(counts[1].dropFirst() == ["1,378", "1,378", "1,378", "1,378", "1,378"])
    #expect(counts[2][5] == "4,034" && counts[3][5] == "5,314")
    #expect(counts[0][1] == "2,658" && counts[0][5] == "256,098")
  }

  @Test func gradientsThroughTimeVanishAndExplode() throws {
    let report = try #require(Labs.named("time-gradients")).run(LabOptions(seed: 5))
    func share(_ name: String, _ column: Int) throws -> String {
      try #require(report.tables[0].rows.first { $0[0] == name })[column]
    }
    #expect(try share("RNN", 3).contains("×10⁻"))
    // Powers of the rotation's factor: 0.9⁵⁰, and 1.2⁴⁹⁹, which no float holds.
    #expect(try share("RNN, a rotation × 0.9", 2) == "0.00515")
    #expect(try share("RNN, a rotation × 1.0", 4) == "1")
    #expect(try share("RNN, a rotation × 1.2", 4) == "∞")
    #expect(report.sentences.contains { $0.contains("the gradients agree") })
  }

  @Test func oneDirectionDoesNotSeeTheFuture() throws {
    let tasks = try rows("directions", table: 0, effort: 1)
    let values = tasks.map { $0.dropFirst().prefix(2).compactMap { Double($0.split(separator: " ")[0]) } }
    #expect(values[0][0] > 95 && values[0][1] > 95)
    #expect(abs(values[1][0] - 75) < 5 && abs(values[3][0] - 50) < 5)
    #expect(values.allSatisfy { $0[1] > 95 })
  }

  @Test func pathsOfCTCAddUpToItsLoss() throws {
    // (steps + letters − repeats) over (2 · letters).
    let lengths = try rows("ctc", table: 0)
    #expect(lengths.map { $0[2] } == ["0", "1", "7", "28", "84", "210"])
    #expect(lengths.dropFirst().allSatisfy { $0[3] == $0[4] })
    #expect(try rows("ctc", table: 1).map { $0[1] } == ["all", "al", "all", "aall"])
  }
}
