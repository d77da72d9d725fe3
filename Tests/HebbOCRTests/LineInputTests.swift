import HebbArrays
import HebbFiles
import HebbOCR
import HebbTesting
import Testing

@Suite("Pictures of lines become input alike")
struct LineInputTests {
  /// A line of paper with a few bars of ink.
  private func picture(height: Int, width: Int, paper: UInt8 = 240, ink: UInt8 = 20, channels: Int = 1) -> NDArray {
    NDArray(shape: [height, width, channels]) { (out: UnsafeMutableBufferPointer<UInt8>) in
      for i in out.indices {
        let (y, x) = (i / channels / width, i / channels % width)
        let isInk = y > height / 4 && y < 3 * height / 4 && (4 * x / height) % 3 == 1
        out[i] = isInk ? ink : paper
      }
    }
  }

  @Test("ink is 1 and paper 0, whatever the colours")
  func polarity() {
    let dark = LineInput(picture(height: 32, width: 128))
    #expect(dark.values.shape == [32, 128])
    #expect(dark.values.element(0) == 0)
    #expect(dark.values.max().scalar == 1)
    for (paper, ink) in [(UInt8(10), UInt8(250)), (120, 90), (90, 120)] {
      let other = LineInput(picture(height: 32, width: 128, paper: paper, ink: ink))
      #expect(difference(other.values, dark.values) == 0, "paper \(paper), ink \(ink)")
    }
    let coloured = LineInput(picture(height: 32, width: 128, channels: 3))
    #expect(difference(coloured.values, dark.values) == 0)
  }

  @Test("any size comes to 32 rows and a multiple of 4 columns")
  func sizes() {
    for (height, width) in [(1, 1), (1, 5000), (5000, 1), (7, 13), (64, 200), (31, 33), (2, 100_000)] {
      let line = LineInput(picture(height: height, width: width))
      #expect(line.values.shape[0] == 32)
      #expect(line.width % 4 == 0 && line.width >= 16 && line.width <= LineInput.widthLimit)
    }
    #expect(LineInput(picture(height: 64, width: 256)).width == 128)
    #expect(LineInput(picture(height: 64, width: 256)).scale == 0.5)
  }

  @Test("a picture of one grey is all paper")
  func blank() {
    let grey = NDArray([UInt8](repeating: 77, count: 40 * 100), shape: [40, 100, 1])
    #expect(LineInput(grey).values.max().scalar == 0)
  }

  @Test("a batch is as wide as its widest line, zeros behind the others")
  func batch() {
    let (short, long) = (LineInput(picture(height: 32, width: 32)), LineInput(picture(height: 32, width: 64)))
    let batch = LineInput.batch([short, long])
    #expect(batch.shape == [2, 32, 64, 1])
    let rest = batch.row(0).sliced(axis: 1, from: 32, to: 64)
    #expect(rest.sum().scalar == 0)
    #expect(abs(batch.row(0).sum().scalar - short.values.sum().scalar) < 1e-3)
  }
}
