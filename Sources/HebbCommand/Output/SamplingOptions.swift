import ArgumentParser
import Hebb

/// How tokens are drawn, or searched for.
struct SamplingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Below 1 likely characters become likelier; 0 takes the likeliest; 0.8 by default.", valueName: "number"))
  var temperature: Double?

  @Option(help: ArgumentHelp("Draw from so many of the likeliest characters.", valueName: "n"))
  var topK: Int?

  @Option(help: ArgumentHelp("Draw from the likeliest characters that together are so probable.", valueName: "number"))
  var topP: Double?

  @Option(help: ArgumentHelp("Above 1 characters that came before become less likely.", valueName: "number"))
  var repetitionPenalty: Double?

  @Option(
    help: ArgumentHelp(
      "Search for the likeliest text with so many beginnings; nothing is drawn then.", valueName: "n"))
  var beams = 1

  func validate() throws {
    if let temperature, !(temperature >= 0 && temperature.isFinite) {
      throw ValidationError("--temperature must be 0 or more")
    }
    if let topK, topK < 1 { throw ValidationError("--top-k must be 1 or more") }
    if let topP, !(topP > 0 && topP <= 1) { throw ValidationError("--top-p must be above 0, and 1 at most") }
    if let repetitionPenalty, !(repetitionPenalty > 0 && repetitionPenalty.isFinite) {
      throw ValidationError("--repetition-penalty must be above 0")
    }
    guard (1...64).contains(beams) else { throw ValidationError("--beams must be from 1 to 64") }
    guard beams == 1 || temperature == nil && topK == nil && topP == nil && repetitionPenalty == nil else {
      throw ValidationError(
        "--beams draws nothing: leave --temperature, --top-k, --top-p and --repetition-penalty out")
    }
  }

  var sampling: Sampling {
    Sampling(
      temperature: temperature ?? 0.8, topK: topK, nucleus: topP, repetitionPenalty: repetitionPenalty ?? 1)
  }
}
