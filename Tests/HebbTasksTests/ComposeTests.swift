import Foundation
import Hebb
import HebbTasks
import Testing

@Suite struct ComposeTests {
  @Test func choralesAreLearntAndComposed() throws {
    let piece = "[[60,64,67],[60,65,69],[],[59,62,67]]"
    let json = "{\"train\":[\(piece),\(piece)],\"valid\":[\(piece)],\"test\":[\(piece),[[60],[62]]]}"
    try withTaskFolder { folder in
      let (run, outcome) = try TaskRun.quick("chorales", on: json, in: folder, epochs: 2, file: "music.json")
      // A fresh network gives each of 88 keys a half: 88 · log 2 is 61.
      let nats = try #require(outcome.numbers.first?.value)
      #expect(nats > 1 && nats < 61)
      #expect(outcome.files.map(\.name) == ["composed.mid"] && outcome.figures.map(\.name).contains("composed"))
      let composer = try Composer(reading: run.model)
      var random = Philox(seed: 1)
      for temperature in [0, 0.8, 5] {
        #expect(composer.compose(steps: 9, temperature: temperature, using: &random).steps.count == 9)
      }
    }
  }

  @Test func damagedMusicIsRefused() throws {
    for json in [
      "{}", "{\"train\":[]}", "{\"train\":[[[60],[20]]]}", "{\"train\":[[[60],[1.5]]]}", "{\"train\":[[[60],7]]}",
      "{\"train\":[[[60]]]}", "{\"train\":7}", "[",
    ] {
      let told = try problem("chorales", with: json, file: "music.json")
      #expect(told?.contains("music.json") == true, "\(told ?? "nothing") for \(json)")
    }
  }

  @Test func rollsAndTranspositions() {
    let music = Chorale([[60, 64], [], [108]])
    #expect(music.roll.shape == [3, 88] && Chorale(roll: music.roll) == music)
    #expect(music.transposed(by: 1) == nil && music.transposed(by: -2)?.steps == [[58, 62], [], [106]])
  }

  /// The bytes that the specification asks for: a held key has one beginning and one end.
  @Test func midiFilesFollowTheSpecification() {
    let bytes = MIDIFile.bytes(of: Chorale([[60], [60, 64], []]), tempo: 120, program: 0)
    let track: [UInt8] = [
      0, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20,  // 500,000 µs a quarter note
      0, 0xC0, 0,
      0, 0x90, 60, 80,
      0x83, 0x60, 0x90, 64, 80,  // after 480 ticks
      0x83, 0x60, 0x80, 60, 64, 0, 0x80, 64, 64,
      0, 0xFF, 0x2F, 0,
    ]
    let header = Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 0x01, 0xE0] + Array("MTrk".utf8)
    #expect(bytes == header + [0, 0, 0, UInt8(track.count)] + track)
  }
}
