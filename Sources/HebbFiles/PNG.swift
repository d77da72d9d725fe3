import CPNG
import HebbArrays

/// PNG through libpng's simplified interface, which needs no jumps out of C.
public enum PNG {
  /// Reads the bytes of a file: grey stays grey, palettes become colours, 16 bits become 8, transparency is laid on white.
  public static func decode(
    _ bytes: [UInt8], name: String, pixelLimit: Int = Picture.pixelLimit
  ) throws(DataError) -> NDArray {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    var picture: NDArray?
    var oversize: DataError?
    bytes.withUnsafeBytes { bytes in
      guard png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else { return }
      let height = Int(image.height)
      let width = Int(image.width)
      do throws(DataError) {
        try Picture.check(height: height, width: width, name: name, pixelLimit: pixelLimit)
      } catch {
        oversize = error
        return
      }
      let isColour = image.format & png_uint_32(PNG_FORMAT_FLAG_COLOR) != 0
      image.format = isColour ? png_uint_32(PNG_FORMAT_FLAG_COLOR) : 0
      // Without this 16-bit samples would be taken for linear light.
      image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
      var white = png_color(red: 255, green: 255, blue: 255)
      picture = NDArray(shape: [height, width, isColour ? 3 : 1]) { (pixels: UnsafeMutableBufferPointer<UInt8>) in
        _ = png_image_finish_read(&image, &white, pixels.baseAddress, 0, nil)
      }
    }
    if let oversize { throw oversize }
    guard image.warning_or_error & 2 == 0, let picture else {
      throw DataError(name, message(of: image), advice: "the picture is damaged: fetch it again")
    }
    return picture
  }

  /// The bytes of a PNG file.
  ///
  /// - Parameter picture: `uint8` `[height, width, 1 or 3]`.
  public static func encode(_ picture: NDArray) -> [UInt8] {
    Picture.requirePicture(picture)
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    image.height = png_uint_32(picture.shape[0])
    image.width = png_uint_32(picture.shape[1])
    image.format = picture.shape[2] == 3 ? png_uint_32(PNG_FORMAT_FLAG_COLOR) : 0
    defer { png_image_free(&image) }
    return picture.read { (pixels: UnsafeBufferPointer<UInt8>) in
      // Deflate never makes data larger than this; the signature and chunks need less than a thousand bytes.
      var size = pixels.count + pixels.count / 8 + picture.shape[0] + 1024
      return [UInt8](unsafeUninitializedCapacity: size) { out, count in
        let written = png_image_write_to_memory(&image, out.baseAddress, &size, 0, pixels.baseAddress, 0, nil)
        require(written != 0, "a picture \(picture.shape) cannot be written: \(message(of: image))")
        count = size
      }
    }
  }

  private static func message(of image: png_image) -> String {
    withUnsafeBytes(of: image.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
