import HebbArrays
import HebbData
import HebbFiles
import HebbTesting
import Testing

@Suite struct PictureTests {
  private func reference(_ file: String, _ name: String) throws -> [UInt8] {
    try #require(try NumPyFile.readAll(resource(file)).first { $0.name == name }).value.elements()
  }

  @Test(arguments: [("grey", "grey", 1), ("grey16", "grey", 1), ("colour", "colour", 3), ("palette", "palette", 3)])
  func everyKindOfPNGIsRead(file: String, name: String, channels: Int) throws {
    let picture = try Picture.read(resource("\(file).png"))
    #expect(picture.shape == [4, 5, channels])
    #expect(try picture.elements() == reference("pictures.npz", name))
  }

  @Test func transparencyIsLaidOnWhite() throws {
    let expected = try [UInt8](repeating: 255, count: 15) + reference("pictures.npz", "colour")[15...]
    #expect(try Picture.read(resource("alpha.png")).elements() == expected)
  }

  @Test(arguments: [("smooth.jpg", "colour", 3), ("smooth-grey.jpg", "grey", 1)])
  func jpegIsReadWithLittleLoss(file: String, name: String, channels: Int) throws {
    let picture = try Picture.read(resource(file))
    #expect(picture.shape == [24, 40, channels])
    let worst = zip(picture.elements(as: UInt8.self), try reference("smooth.npz", name)).map { abs(Int($0) - Int($1)) }
      .max()
    #expect(try #require(worst) <= 6)
  }

  /// As the camera noted, against Pillow: a white corner at the upper left, a grey one at the upper right.
  @Test(arguments: 1...8) func photosStandUpright(_ orientation: Int) throws {
    let picture = try Picture.read(resource("held-\(orientation).jpg"))
    #expect(picture.shape == [16, 24, 1])
    let pixels = picture.elements(as: UInt8.self)
    let corners = [(2, 2), (2, 21), (13, 2), (13, 21)].map { Int(pixels[$0.0 * 24 + $0.1]) }
    #expect(zip(corners, [250, 130, 20, 20]).allSatisfy { abs($0 - $1) < 8 }, "\(corners)")
  }

  /// Any byte of the note may be anything.
  @Test func damagedNotesOfOrientationNeverCrash() throws {
    let whole = try InputFile.bytes(of: resource("held-6.jpg"), limit: 1 << 20)
    for place in 2..<80 {
      for value in [0, 1, 0x7F, 0xFF] as [UInt8] {
        var bytes = whole
        bytes[place] = value
        _ = try? Picture.decode(bytes, name: "held")
      }
    }
  }

  @Test func coloursForPrintAreRefused() {
    expectDataError("made for printing; save it as RGB") { _ = try Picture.read(resource("cmyk.jpg")) }
  }

  @Test(arguments: [1, 3]) func picturesComeBack(channels: Int) throws {
    let shape: Shape = [37, 53, channels]
    var random = Philox(seed: 1)
    let noise = NDArray((0..<shape.count).map { _ in UInt8.random(in: 0...255, using: &random) }, shape: shape)
    try withTemporaryFolder { folder in
      try Picture.write(noise, to: "\(folder)/a.png")
      #expect(try Picture.read("\(folder)/a.png").elements() == noise.elements(as: UInt8.self))
      let smooth = NDArray((0..<shape.count).map { UInt8($0 / shape[2] % 53 * 4) }, shape: shape)
      try Picture.write(smooth, to: "\(folder)/a.jpg")
      let back = try Picture.read("\(folder)/a.jpg")
      #expect(
        zip(back.elements(as: UInt8.self), smooth.elements(as: UInt8.self)).allSatisfy { abs(Int($0) - Int($1)) < 12 })
    }
  }

  /// The first frame is an ordinary picture, checks included; the others hold what a picture of their own would.
  @Test(arguments: [1, 3]) func framesFollowEachOther(channels: Int) throws {
    var random = Philox(seed: 3)
    let pictures = (0..<3).map { _ in
      (NDArray.uniform([40, 30, channels], using: &random) * 255).cast(to: .uint8)
    }
    let bytes = PNG.encode(frames: pictures.map { ($0, 0.25) })
    #expect(try PNG.decode(bytes, name: "frames").elements(as: UInt8.self) == pictures[0].elements())
    let chunks = chunks(bytes)
    #expect(
      chunks.map(\.name).filter { $0 != "fdAT" && $0 != "IDAT" } == ["IHDR", "acTL", "fcTL", "fcTL", "fcTL", "IEND"])
    #expect(try #require(chunks.first { $0.name == "acTL" }).content == [0, 0, 0, 3, 0, 0, 0, 0])
    let numbered = chunks.filter { $0.name == "fcTL" || $0.name == "fdAT" }
    #expect(numbered.enumerated().allSatisfy { $1.content.starts(with: [0, 0, 0, UInt8($0)]) })
    let size: [UInt8] = [0, 0, 0, 30, 0, 0, 0, 40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 250, 3, 232, 0, 0]
    #expect(numbered.filter { $0.name == "fcTL" }.allSatisfy { Array($0.content.dropFirst(4)) == size })
    let later = chunks.filter { $0.name == "fdAT" }.flatMap { $0.content.dropFirst(4) }
    let alone = pictures[1...].flatMap { self.chunks(PNG.encode($0)).filter { $0.name == "IDAT" }.flatMap(\.content) }
    #expect(later == alone)
  }

  private func chunks(_ bytes: [UInt8]) -> [(name: String, content: [UInt8])] {
    var (found, place) = ([(name: String, content: [UInt8])](), 8)
    while place + 12 <= bytes.count {
      let count = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let name = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
      found.append((name, Array(bytes[place + 8..<place + 8 + count])))
      place += 12 + count
    }
    return found
  }

  @Test(arguments: ["colour.png", "palette.png", "smooth.jpg", "smooth-grey.jpg"])
  func everyTruncationIsRefused(name: String) throws {
    let whole = try InputFile.bytes(of: resource(name), limit: 1 << 20)
    // PNG data are complete before the checksums of the last chunks.
    for count in stride(from: 0, to: whole.count - 30, by: 5) {
      expectDataError(name) { _ = try Picture.decode(Array(whole[..<count]), name: name) }
    }
  }

  @Test func damagedBytesNeverCrash() throws {
    for name in ["colour.png", "alpha.png", "palette.png", "smooth.jpg"] {
      let whole = try InputFile.bytes(of: resource(name), limit: 1 << 20)
      for place in stride(from: 0, to: whole.count, by: 3) {
        var bytes = whole
        bytes[place] ^= 0x5A
        _ = try? Picture.decode(bytes, name: name)
      }
    }
  }

  @Test func hugePicturesAreRefusedBeforeMemoryIsTaken() throws {
    for name in ["colour.png", "smooth.jpg"] {
      let bytes = try InputFile.bytes(of: resource(name), limit: 1 << 20)
      expectDataError("pixels are outside") { _ = try Picture.decode(bytes, name: name, pixelLimit: 10) }
    }
    expectDataError("GIF picture, which is not read") { _ = try Picture.decode(Array("GIF89a".utf8), name: "a.gif") }
  }

  @Test func shrinkingTakesMeansAndGrowingInterpolates() {
    let picture = NDArray([0, 10, 20, 30, 40, 50, 60, 70] as [UInt8], shape: [2, 4, 1])
    #expect(Picture.resized(picture, height: 1, width: 2).elements(as: UInt8.self) == [25, 45])
    #expect(Picture.resized(picture, height: 2, width: 8).elements(as: UInt8.self)[..<4] == [0, 3, 8, 13])
    #expect(
      Picture.resized(.full([7, 9, 3], 200, dtype: .uint8), height: 4, width: 20).elements(as: UInt8.self)
        == [UInt8](repeating: 200, count: 240))
    #expect(
      Picture.grey(NDArray([255, 255, 255, 255, 0, 0] as [UInt8], shape: [1, 2, 3])).elements(as: UInt8.self) == [
        255, 76,
      ])
  }

  @Test func aContactSheetShowsSamples() {
    let sheet = Picture.contactSheet(of: Digits.load(), rows: 2, columns: 3, magnification: 2)
    #expect(sheet.shape == [33, 50, 1])
    #expect(sheet.elements(as: UInt8.self)[16] == 128 && sheet.elements(as: UInt8.self).max() == 255)
  }
}
