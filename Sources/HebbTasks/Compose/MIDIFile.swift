/// Music as a Standard MIDI File of format 0: one track, a key that sounds on in the next step is held.
///
/// - Source: MIDI Manufacturers Association, "Standard MIDI Files 1.0", RP-001.
package enum MIDIFile {
  private static let ticksPerQuarter = 480

  /// - Parameters:
  ///   - tempo: quarter notes a minute.
  ///   - program: the instrument by its number in General MIDI, from 0; 19 is a church organ.
  package static func bytes(
    of music: Chorale, stepsPerQuarter: Int = 1, tempo: Int = 90, program: UInt8 = 19
  ) -> [UInt8] {
    let microseconds = 60_000_000 / tempo
    var track: [UInt8] = [0, 0xFF, 0x51, 3] + bigEndian(microseconds, bytes: 3)
    track += [0, 0xC0, program]
    var sounding: Set<Int> = []
    var waited = 0
    func event(_ status: UInt8, _ pitch: Int, _ velocity: UInt8) {
      track += variableLength(waited) + [status, UInt8(pitch), velocity]
      waited = 0
    }
    for pitches in music.steps + [[]] {
      let wanted = Set(pitches)
      for pitch in sounding.subtracting(wanted).sorted() { event(0x80, pitch, 64) }
      for pitch in wanted.subtracting(sounding).sorted() { event(0x90, pitch, 80) }
      sounding = wanted
      waited += ticksPerQuarter / stepsPerQuarter
    }
    track += [0, 0xFF, 0x2F, 0]
    let header: [UInt8] =
      Array("MThd".utf8) + bigEndian(6, bytes: 4) + [0, 0, 0, 1] + bigEndian(ticksPerQuarter, bytes: 2)
    return header + Array("MTrk".utf8) + bigEndian(track.count, bytes: 4) + track
  }

  private static func bigEndian(_ number: Int, bytes count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// Seven bits a byte, the highest first; all bytes but the last have their top bit set.
  private static func variableLength(_ number: Int) -> [UInt8] {
    var bytes = [UInt8(number & 0x7F)]
    var rest = number >> 7
    while rest > 0 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes.reversed()
  }
}
