"""Makes the reference files of this folder with software that is not ours: NumPy, safetensors, Python's zlib and gzip,
and Pillow for JPEG, SciPy and the wave module for sound. Run in this folder."""
import gzip, lzma, io, struct, tarfile, wave, zipfile, zlib
import numpy as np
import scipy.io.wavfile
import torch
from PIL import Image
from safetensors.torch import save_file

ramp = np.arange(24).reshape(2, 3, 4)

# safetensors: every element type that is read.
save_file({
    "f64": torch.tensor(ramp / 7, dtype=torch.float64), "f32": torch.tensor(ramp / 7, dtype=torch.float32),
    "f16": torch.tensor([0.0, -0.0, 1.5, -2.25, 6.1e-5, 6e-8, 65504.0, float("inf")], dtype=torch.float16),
    "bf16": torch.tensor([1.0, -3.140625, 1e30], dtype=torch.bfloat16),
    "i64": torch.tensor([-5, 2147483647], dtype=torch.int64), "i32": torch.tensor(ramp - 12, dtype=torch.int32),
    "u8": torch.tensor(ramp * 10, dtype=torch.uint8), "bool": torch.tensor([True, False, True]),
    "scalar": torch.tensor(2.5), "empty": torch.zeros(0, 3),
}, "python.safetensors", metadata={"format": "pt", "text": "häß \"quoted\"\n汉字"})

# NumPy arrays.
for name, kind in [("f4", "<f4"), ("f8", "<f8"), ("i4", "<i4"), ("i8", "<i8"), ("u1", "|u1"), ("b1", "|b1")]:
    np.save(f"{name}.npy", (ramp if name != "b1" else ramp % 2).astype(kind))
np.save("fortran.npy", np.asfortranarray(ramp.astype("<f4")))
np.lib.format.write_array(open("version2.npy", "wb"), ramp.astype("<f4"), version=(2, 0))
np.savez("stored.npz", first=ramp.astype("<f4"), second=ramp.astype("|u1"))
np.savez_compressed("deflated.npz", first=ramp.astype("<f4"), second=ramp.astype("|u1"))


# PNG, by hand: a picture of 5 × 4 pixels in every colour type.
def png(name, colour, depth, rows, extra=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", 5, 4, depth, colour, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", body) + chunk(b"IEND", b""))


rng = np.random.default_rng(1)
grey = rng.integers(0, 256, (4, 5, 1), dtype=np.uint8)
colour = rng.integers(0, 256, (4, 5, 3), dtype=np.uint8)
png("grey.png", 0, 8, [row.tobytes() for row in grey])
png("grey16.png", 0, 16, [np.repeat(row, 2).tobytes() for row in grey])
png("colour.png", 2, 8, [row.tobytes() for row in colour])
alpha = np.full((4, 5, 1), 255, np.uint8)
alpha[0] = 0
png("alpha.png", 6, 8, [row.tobytes() for row in np.concatenate([colour, alpha], 2)])
palette = rng.integers(0, 256, (20, 3), dtype=np.uint8)
plte = b"PLTE" + palette.tobytes()
png("palette.png", 3, 8, [bytes(range(y * 5, y * 5 + 5)) for y in range(4)],
    struct.pack(">I", 60) + plte + struct.pack(">I", zlib.crc32(plte)))
np.savez("pictures.npz", grey=grey, colour=colour, palette=palette.reshape(4, 5, 3))

# JPEG: a smooth picture, so that what is lost is little.
y, x = np.mgrid[0:24, 0:40]
smooth = np.stack([6 * x, 10 * y, 255 - 3 * x - 2 * y], 2).clip(0, 255).astype(np.uint8)
Image.fromarray(smooth).save("smooth.jpg", quality=95, subsampling=0)
Image.fromarray(smooth).convert("L").save("smooth-grey.jpg", quality=95)
np.savez_compressed("smooth.npz", colour=smooth, grey=np.array(Image.fromarray(smooth).convert("L"))[:, :, None])

# Archives with the same two files.
files = {"a/one.txt": b"one\n", "b.txt": b"two " * 1000}
for mode in ["", ":gz", ":xz"]:
    with tarfile.open("files.tar" + mode.replace(":", "."), "w" + mode) as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
with zipfile.ZipFile("files.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    for name, data in files.items():
        archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
open("two.txt.gz", "wb").write(gzip.compress(files["b.txt"], mtime=0))
open("two.txt.xz", "wb").write(lzma.compress(files["b.txt"]))
for name, path in [("escaping.tar", "../escaped.txt"), ("absolute.tar", "/tmp/escaped.txt")]:
    with tarfile.open(name, "w") as tar:
        info = tarfile.TarInfo(path)
        info.size = 3
        tar.addfile(info, io.BytesIO(b"bad"))

# CIFAR-10's binary form with one record in each file: label n, red n, green 10 n, blue 20 n.
folder = "cifar-10-batches-bin"
with tarfile.open("cifar-10-binary.tar.gz", "w:gz") as tar:
    for n, name in enumerate([f"data_batch_{i}.bin" for i in range(1, 6)] + ["test_batch.bin"]):
        data = bytes([n]) + bytes([n]) * 1024 + bytes([10 * n]) * 1024 + bytes([20 * n]) * 1024
        info = tarfile.TarInfo(f"{folder}/{name}")
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))


# JPEG as cameras note their orientation, all eight ways: upright each shows a white corner at the upper left, a grey one at
# the upper right. And one in the four colours of a printer.
upright = np.full((16, 24), 20, np.uint8)
upright[:8, :8], upright[:8, 16:] = 250, 130
stored = [upright, upright[:, ::-1], upright[::-1, ::-1], upright[::-1], upright.T, upright.T[::-1], upright.T[::-1, ::-1],
          upright.T[:, ::-1]]
for number, pixels in enumerate(stored, 1):
    exif = Image.Exif()
    exif[0x0112] = number
    Image.fromarray(np.ascontiguousarray(pixels)).save(f"held-{number}.jpg", quality=95, exif=exif)
Image.new("CMYK", (8, 8), (10, 20, 30, 40)).save("cmyk.jpg")
# Sound: Python's wave module for whole numbers, SciPy for floats, and the extensible header by hand.
ramp16 = np.array([0, 1, -1, 256, -32768, 32767, 12345, -12345], dtype="<i2")


def wav(name, channels, width, data):
    with wave.open(name, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(8000)
        file.writeframes(data)


wav("s16.wav", 1, 2, ramp16.tobytes())
wav("stereo.wav", 2, 2, np.stack([ramp16, ramp16 // 2], 1).astype("<i2").tobytes())
wav("u8.wav", 1, 1, bytes([128, 129, 127, 255, 0]))
wav("s24.wav", 1, 3, b"".join((int(x) << 8).to_bytes(3, "little", signed=True) for x in ramp16))
wav("s32.wav", 1, 4, (ramp16.astype("<i4") << 16).tobytes())
scipy.io.wavfile.write("f32.wav", 44100, (ramp16 / 32768).astype("<f4"))
extensible = struct.pack("<HHIIHHHHI", 0xFFFE, 1, 8000, 16000, 2, 16, 22, 16, 4) + bytes.fromhex(
    "0100000000001000800000aa00389b71")
chunks = b"LIST" + struct.pack("<I", 3) + b"abc\0" + b"fmt " + struct.pack("<I", 40) + extensible
chunks += b"data" + struct.pack("<I", 16) + ramp16.tobytes() + b"tail" + struct.pack("<I", 2) + b"xy"
open("extensible.wav", "wb").write(b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks)
