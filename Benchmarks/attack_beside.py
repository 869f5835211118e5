#!/usr/bin/env python3
"""Draws the first 60 ms of notes beside those of recorded grands.

    attack_beside.py --report PATH/tone_report.py NOTES OUT.svg

NOTES holds note_KEY_VELOCITY.wav as `fit render` writes them. Rows are D#2, C4 and D#6, the keys nearest to C2, C4 and C6
of which there are measurements; columns are three dynamics, each as the piano here, a Yamaha C5 and a Yamaha CF-III. The
darkest cell is the loudest of its panel, each shade 6 dB. Printed is what the report reads from the attack in each
register, and how much of the first 0.3 s of pianissimo notes lies in bands of an octave.
Needs numpy, scipy, soundfile and soxr, as the report does.
"""
import argparse
import math
import pathlib
import statistics
import sys

KEYS = [(39, "D#2"), (60, "C4"), (87, "D#6")]
DYNAMICS = [(30, 25), (60, 45), (117, 118)]  # velocities: ours and the C5's, the CF-III's
FRAMES = 8  # of 8 ms
REGISTERS = [("bass", 21, 38), ("tenor", 39, 53), ("middle", 54, 66), ("alto", 67, 83), ("treble", 84, 108)]
BANDS = [(625, 1250), (1250, 2500), (2500, 5000), (5000, 10000)]  # Hz
FEATURES = [
    ("attack_ms", "rise from 10 to 90 %, ms"),
    ("peak_ms", "time of the peak, ms"),
    ("centroid_attack", "centroid of the attack, octaves over the fundamental"),
    ("noise_attack_db", "between the partials, dB re all"),
    ("knock_db", "below the fundamental, dB re all"),
    ("bright_2k_db", "above 2 kHz, dB re all"),
    ("bright_5k_db", "above 5 kHz, dB re all"),
]


def panel(cells, x, y, width, height):
    """Rectangles of one spectrogram: frames by bands, dB."""
    top = max(max(row) for row in cells)
    w, h = width / len(cells), height / len(cells[0])
    out = [f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="none" stroke="#999"/>']
    for i, row in enumerate(cells):
        for j, value in enumerate(row):
            shade = min(10, int((top - value) // 6))
            if shade < 10:
                grey = 25 * shade
                out.append(
                    f'<rect x="{x + i * w:.1f}" y="{y + height - (j + 1) * h:.1f}" width="{w + 0.1:.1f}" '
                    f'height="{h + 0.1:.1f}" fill="rgb({grey},{grey},{grey})"/>'
                )
    return out


def bands(cells):
    """Power of the first 0.3 s in each band, dB re all, from the report's map of 72 mel bands, 30 Hz to 15 kHz."""
    top = 2595 * math.log10(1 + 15000 / 700)
    bottom = 2595 * math.log10(1 + 30 / 700)
    hz = [700 * (10 ** ((bottom + (top - bottom) * (i + 1) / 73) / 2595) - 1) for i in range(72)]
    power = [sum(10 ** (frame[i] / 20) for frame in cells["mel"][:10].tolist()) for i in range(72)]
    return [
        10 * math.log10(sum(p for f, p in zip(hz, power) if low <= f < high) / sum(power)) for low, high in BANDS
    ]


def pianissimo(ours, c5, cf3):
    """Medians over the keys of a register of what lies in each band."""
    print("pianissimo (velocity 30; 25 of the CF-III), dB re all: here, C5, CF-III")
    for register, first, last in REGISTERS:
        rows = [
            [bands(notes[key, velocity]) for key in range(first, last + 1) if (key, velocity) in notes]
            for notes, velocity in [(ours, 30), (c5, 30), (cf3, 25)]
        ]
        cells = [
            f"{low / 1000:g}-{high / 1000:g} kHz "
            + " ".join(f"{statistics.median(row[i] for row in found):4.0f}" if found else "   -" for found in rows)
            for i, (low, high) in enumerate(BANDS)
        ]
        print(f"  {register:7s} " + "   ".join(cells))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--report", required=True, help="tone_report.py")
    parser.add_argument("notes")
    parser.add_argument("out")
    arguments = parser.parse_args()
    sys.path.insert(0, str(pathlib.Path(arguments.report).parent))
    import tone_lib
    import tone_report

    features, maps = tone_report.load_refs()
    notes, ours, silent = tone_report.measure(arguments.notes)
    if silent:
        sys.exit("silent or unreadable: " + ", ".join(silent))
    body = []
    for row, (key, name) in enumerate(KEYS):
        y = 40 + 150 * row
        body.append(f'<text x="4" y="{y + 65}">{name}</text>')
        for column, (velocity, other) in enumerate(DYNAMICS):
            for i, cells in enumerate(
                [
                    ours[key, velocity],
                    maps["salamander_yamaha_c5"][key, velocity],
                    maps["maestro_yamaha_cf3"][key, other],
                ]
            ):
                x = 40 + 310 * column + 100 * i
                # Steps of half a decibel, as the report keeps them.
                shown = [[value / 2 for value in frame] for frame in cells["fast"][:FRAMES].tolist()]
                body += panel(shown, x, y, 92, 130)
                if row == 0:
                    label = ["here", "C5", "CF-III"][i] + f", {velocity if i < 2 else other}"
                    body.append(f'<text x="{x}" y="{y - 8}">{label}</text>')
    body.append('<text x="40" y="490">each panel 0 to 64 ms, 60 Hz to 15 kHz (mel), 6 dB a shade</text>')
    size = 'width="980" height="500" font-family="sans-serif" font-size="12"'
    text = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n<rect width="980" height="500" fill="white"/>\n'
    pathlib.Path(arguments.out).write_text(text + "\n".join(body) + "\n</svg>\n")

    pianissimo(ours, maps["salamander_yamaha_c5"], maps["maestro_yamaha_cf3"])
    z = tone_report.feature_z(
        tone_report.table(notes), {piano: tone_report.table(found) for piano, found in features.items()}
    )
    for feature, what in FEATURES:
        print(what)
        for register, dynamic, value, real, distance in z.get(feature, []):
            print(f"  {register:7s} {dynamic:5s} {value:8.2f}  recorded {real:8.2f}  {distance:+.1f} s.d.")


if __name__ == "__main__":
    main()
