"""How pages look, coarsely: a picture of the first screens is scaled down to few grey squares, which are kept as text and compared.

Two machines draw the same letters a little differently, so a picture is never compared dot by dot. The squares tell whether the page is laid out and coloured
as it was: whether a style sheet is missing, a menu lies over the text, or the dark page is light. The browser itself reads and scales the picture.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

SQUARE: Final = 30
"""So many dots of the page, across and down, make one square."""
SCREENS: Final = 2
"""So many screens from the top of the page are looked at."""
AVERAGE: Final = 16.0
"""So much may the squares differ on average, of 255: another font moves what stands below, and is no mistake."""
STRIKING: Final = 60
"""A square that differs by so much is another colour and not a letter that moved."""
FEW: Final = 0.08
"""Of such squares there may be so many among all."""

_SCALE: Final = """
async ([picture, across, down]) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
  const canvas = new OffscreenCanvas(across, down);
  const painter = canvas.getContext("2d");
  painter.imageSmoothingQuality = "high";
  let [wide, high, from] = [image.width, image.height, image];
  while (wide > 2 * across || high > 2 * down) {
    [wide, high] = [Math.max(across, Math.ceil(wide / 2)), Math.max(down, Math.ceil(high / 2))];
    const half = new OffscreenCanvas(wide, high);
    half.getContext("2d").drawImage(from, 0, 0, wide, high);
    from = half;
  }
  painter.drawImage(from, 0, 0, across, down);
  const dots = painter.getImageData(0, 0, across, down).data;
  return Array.from({ length: across * down }, (_, n) => Math.round(0.299 * dots[4 * n] + 0.587 * dots[4 * n + 1] + 0.114 * dots[4 * n + 2]));
}
"""


@dataclass(frozen=True)
class Look:
    """Grey squares, row by row."""

    rows: tuple[tuple[int, ...], ...]

    def text(self) -> str:
        """Write it down: two signs a square, a line a row."""
        return "".join("".join(f"{grey:02x}" for grey in row) + "\n" for row in self.rows)

    def against(self, accepted: Look) -> str:
        """Say how much it differs from what was accepted; nothing where it does not."""
        ours, theirs = [len(each.rows) for each in (self, accepted)], [len(each.rows[0]) for each in (self, accepted)]
        if len(set(ours)) > 1 or len(set(theirs)) > 1:
            return "the picture has another size"
        apart = [abs(one - other) for row, old in zip(self.rows, accepted.rows, strict=True) for one, other in zip(row, old, strict=True)]
        average, striking = sum(apart) / len(apart), sum(each > STRIKING for each in apart) / len(apart)
        if average <= AVERAGE and striking <= FEW:
            return ""
        return f"on average {average:.1f} of 255 lighter or darker (at most {AVERAGE}); {striking:.1%} of the squares are another colour (at most {FEW:.0%})"


def read(text: str) -> Look:
    """Read what was written down."""
    return Look(tuple(tuple(bytes.fromhex(line)) for line in text.splitlines()))


def look(tab: Any, scaler: Any) -> Look:
    """Look at the first screens of the page that is open; `scaler` is an empty page of the same browser."""
    size = tab.viewport_size
    across, down = size["width"] // SQUARE, SCREENS * size["height"] // SQUARE
    clip = {"x": 0, "y": 0, "width": across * SQUARE, "height": down * SQUARE}
    picture = base64.b64encode(tab.screenshot(full_page=True, clip=clip, animations="disabled")).decode()
    greys: Sequence[int] = scaler.evaluate(_SCALE, [picture, across, down])
    return Look(tuple(tuple(greys[row * across : (row + 1) * across]) for row in range(down)))
