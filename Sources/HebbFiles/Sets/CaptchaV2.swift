extension CatalogEntry {
  /// Pictures of lines to read, with their texts.
  public static let captchaV2 = corpus(
    "captcha-v2", "1,070 captchas of five letters and digits, 200 × 50 pixels", licence: "not stated",
    source: "Wilhelmy and Rosas 2013, captcha dataset", folders: ["captcha-v2"],
    files: ["captcha_images_v2.tar.gz"], others: ["captcha_images_v2"], recipe: "captcha",
    address: "https://github.com/mnwato/captcha-recognition")
}
