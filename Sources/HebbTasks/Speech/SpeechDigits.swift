extension TaskRecipe {
  /// Spoken digits, alone or several in a row, by any of the speakers.
  ///
  /// One network reads both: ``SpeechCRNN`` over log-mel frames, trained by CTC on recordings that are joined anew in every
  /// epoch, with pauses, noise, paces and loudnesses, and on sounds without words.
  ///
  /// Seed 1 reads 99.33 % of the 300 test recordings exactly; of the digits in 300 strings of three to seven 0.34 % are wrong,
  /// and all 1,446 words of the strings that it reads exactly are given a time at which they sound. Of 100 sounds without words
  /// 99 are read as such. With `held-out`, of a speaker who is not among those to learn from, 93.20 % of 500 recordings, and
  /// 6.13 % wrong digits in strings. 30 epochs take 7 minutes of one core.
  static let speechDigits = TaskRecipe(
    name: "speech-digits", summary: "read spoken digits: convolutions and a recurrent layer over log-mel frames, CTC",
    data: "fsdd", kinds: [("split", 30), ("held-out", 30)],
    use: "hebb transcribe RUN RUN/example.wav --picture RUN/example.png",
    options: [("speaker", "who is held out, with --kind held-out")],
    own: "a folder of WAV files, named LABEL_SPEAKER_NUMBER.wav or in folders that are named as their words"
  ) { plan in try SpeechTraining(plan) }
}
