"""Makes sound.json with NumPy: the log-mel frames of a signal of whole numbers, and the signal at other rates, each by the
formula written out. Run in this folder."""
import json
import numpy as np

n = np.arange(700)
signal = ((n * n * 7 + 3 * n) % 1009).astype(np.float32) / np.float32(1009) - np.float32(0.5)


def log_mel(x, rate, window, hop, bands, low, high, floor=1e-6):
    x = x.astype(np.float64)
    frames = max(1, -(-(len(x) - window) // hop) + 1)
    x = np.pad(x, (0, (frames - 1) * hop + window - len(x)))
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window) / window)
    power = np.stack([np.abs(np.fft.rfft(x[t * hop:t * hop + window] * hann)) ** 2 for t in range(frames)])
    mel = lambda f: 2595 * np.log10(1 + f / 700)
    corners = 700 * (10 ** (np.linspace(mel(low), mel(high), bands + 2) / 2595) - 1)
    f = np.arange(window // 2 + 1) * rate / window
    bank = np.stack([
        np.clip(np.minimum((f - a) / (b - a), (c - f) / (c - b)), 0, None)
        for a, b, c in zip(corners, corners[1:], corners[2:])])
    return np.log(np.maximum(power @ bank.T, floor))


def resampled(x, rate, target):
    c = min(1, target / rate)
    count = -(-len(x) * target // rate)
    t = np.arange(count)[:, None] * rate / target - np.arange(len(x))[None, :]
    h = c * np.sinc(c * t) * (0.5 + 0.5 * np.cos(np.pi * t * c / 16)) * (np.abs(t * c) < 16)
    return h @ x.astype(np.float64)


json.dump({
    "speech": log_mel(signal, 8000, 256, 80, 40, 60, 4000).round(6).ravel().tolist(),
    "short": log_mel(signal[:30], 16000, 64, 16, 8, 0, 8000).round(6).ravel().tolist(),
    "down": resampled(signal, 11025, 8000).round(7).tolist(),
    "up": resampled(signal[:200], 6000, 8000).round(7).tolist(),
}, open("sound.json", "w"), separators=(",", ":"))
