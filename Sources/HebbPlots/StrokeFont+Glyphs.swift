extension StrokeFont {
  /// One line for each glyph: the character, the width of the pen's path, then its strokes, each a run of points.
  /// Base line at 4, height of small letters at e (14), of capitals at i (18), lower ends at 0.
  static let table = #"""
    !0 0i09 0404
    "3 0i0f 3i3f
    #9 4i24 8i64 1d9d 0989
    $8 8g~7i4i~0i0f~0b4b~8b88~8444~1406 4k42
    %c 2i~4i4f~4c2c~0c0f~0i2i aa~cac7~c4a4~8487~8aaa ai24
    &a a42e~1f1g~1i4i~7i7g~7e4c~0a07~0444~849a
    '0 0i0f
    (3 3k~0g0a~0430
    )3 0k~3g3a~3400
    *6 3i3c 0h6d 6h0d
    +8 4d45 0989
    ,1 1401
    -5 0959
    .0 0404
    /6 026j
    08 4i~8i8b~8444~040b~0i4i
    18 1f5i54
    28 0f~0i4i~8i8e~8c6a0484
    38 0g~1i4i~7i7f~7b4b2b 4b~8b88~8444~1406
    48 646i0888
    58 7i1i0b~2d4d~8d88~8444~1406
    68 7g~6i4i~0i0b09~0444~8489~8d4d~0d09
    78 0i8i34
    88 4i~7i7f~7b4b~1b1f~1i4i 4b~8b88~8444~0408~0b4b
    98 16~2444~848b8d~8i4i~0i0d~0949~898d
    :0 0404 0d0d
    ;1 1d1d 1401
    <8 8d0985
    =8 0b8b 0787
    >8 0d8905
    ?7 0f~0i4i~7i7e~7c5b~4a48 4444
    @e a9~ad7d~4d49~4575~a5a9~a5c5~e5ea~ei7i~0i0a~0171~91b2
    Aa 045ia4 2989
    B9 040i5i~8i8f~8b5b0b 5b~9b98~945404
    Ca af~8i5i~0i0b~0454~84a7
    Da 040i4i~aiab~a44404
    E8 8i0i0484 0b7b
    F8 8i0i04 0b6b
    Ga af~8i5i~0i0b~0454~a4aa6a
    H9 0i04 9i94 0b9b
    I0 0i04
    J6 6i68~6434~0407
    K9 0i04 9i09 3c94
    L7 0i0474
    Mc 040i68cic4
    N9 040i949i
    Oa 5i~aiab~a454~040b~0i5i
    P9 040i5i~9i9e~9a5a0a
    Qa 5i~aiab~a454~040b~0i5i 67a3
    R9 040i5i~9i9e~9a5a0a 5a94
    S8 8g~7i4i~0i0f~0b4b~8b88~8444~1406
    Ta 0iai 5i54
    Ua 0i0a~0454~a4aaai
    Va 0i54ai
    We 0i447ia4ei
    X9 0i94 049i
    Ya 0i5bai 5b54
    Z9 0i9i0494
    [3 3k0k0030
    \6 0j62
    ]3 0k3k3000
    ^6 0d3i6d
    _9 0292
    `2 0i2g
    a7 1d~2e4e~7e7b74 7a3a~0a07~0434~6477
    b8 0i04 09~0e4e~8e89~8444~0409
    c7 7c~6e4e~0e09~0444~6476
    d8 8i84 89~8e4e~0e09~0444~8489
    e8 0989~8e4e~0e09~0444~6476
    f5 5i~2i2f24 0e5e
    g8 8e83~8040~2011 89~8e4e~0e09~0444~8489
    h7 0i04 0a~0e4e~7e7a74
    i0 0e04 0i0i
    j3 3e32~301000 3i3i
    k7 0i04 6e08 2a74
    l2 0i07~0424
    mc 0e04 0a~0e3e~6e6a64 6a~6e9e~cecac4
    n7 0e04 0a~0e4e~7e7a74
    o8 4e~8e89~8444~0409~0e4e
    p8 0e00 09~0e4e~8e89~8444~0409
    q8 8e80 89~8e4e~0e09~0444~8489
    r4 0e04 09~0e4e
    s7 6d~5e3e~0e0c~0939~7976~7434~1405
    t5 2h27~2454 0e5e
    u7 0e08~0434~7478 7e74
    v8 0e448e
    wc 0e346e94ce
    x7 0e74 047e
    y8 0e44 8e31~2000
    z7 0e7e0474
    {4 4k~2k2h2d~2a0a~2a2723~2040
    |0 0k00
    }4 0k~2k2h2d~2a4a~2a2723~2000
    ~8 08~2c49~668a
    ×7 0c75 057c
    ÷8 0989 4d4d 4545
    √9 0a2b449i
    ·0 0909
    …8 0404 4444 8484
    –8 0989
    −8 0989
    →a 09a9 7ca976
    ∞c 69~4d2c~0b09~0725~4569~8dac~cbc9~c7a5~8569
    °4 2i~4i4g~4e2e~0e0g~0i2i
    ß8 040e~0i4i~7i7f~7c4c~8b88~8444
    ø8 4e~8e89~8444~0409~0e4e 028g
    """#

  /// Letters with a mark above: the letter, then the mark.
  static let accents: [(Character, String)] = [
    ("ä", "a¨"), ("ö", "o¨"), ("ü", "u¨"), ("Ä", "A¨"), ("Ö", "O¨"), ("Ü", "U¨"), ("ë", "e¨"),
    ("é", "e´"), ("á", "a´"), ("ó", "o´"), ("ú", "u´"), ("É", "E´"), ("è", "e`"), ("à", "a`"), ("ù", "u`"),
    ("ê", "e^"), ("â", "a^"), ("ô", "o^"), ("û", "u^"), ("ñ", "n~"), ("ã", "a~"), ("õ", "o~"), ("å", "a°"), ("Å", "A°"),
  ]

  /// Marks above letters, six units wide, from y = 4 upwards.
  static let marks: [Character: String] = [
    "´": "2446", "`": "4426", "^": "143654", "~": "04~2634~4264", "°": "34~5456~5838~1816~1434", "¨": "1515 5555",
  ]
}
