"""Makes the pictures of the README and the user guide anew, from the same scenes as the picture sheets.

    python tools/guide_pictures.py [FOLDER]      (docs/gids/beelden)

They are small enough to stay in the repository; `tests/tools/test_guide_pictures.py` watches their weight and names.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image

from tools.screenshots import all_scenes, make

FOLDER = ROOT / "docs" / "gids" / "beelden"
PICTURES = {
    "eerste-start": "first-start-3",
    "ontgrendelen": "unlock",
    "vandaag": "whole-today",
    "dossiers": "whole-dossiers",
    "personen": "persons",
    "gezin": "family-board",
    "misschien-bekend": "family-form-known",
    "gegevens": "facts-list",
    "stand": "standing-proposals",
    "gezin-verandert": "family-change-split",
    "gesprek": "talk",
    "reisdocument": "request-filed",
    "overdrachtsblad": "sheet-concept",
    "collegas": "colleagues-compare",
    "mijn-kaart": "colleagues-own",
    "geven": "exchange-give",
    "geven-voorbeeld": "exchange-give-preview",
    "opnemen": "exchange-arrival",
    "wie-heeft-wat": "exchange-holdings",
    "ophelderen": "clear-up",
    "alleen-lezen": "exchange-extracts",
    "overdragen": "leaving-offered",
}
"""Name of the file and the scene it shows."""


def draw(folder: Path) -> Iterator[Path]:
    """Write the pictures into `folder` and yield the path of each."""
    scenes = all_scenes()
    names = {scene: name for name, scene in PICTURES.items()}
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as rough:
        for path in make(Path(rough), [scenes[scene] for scene in names], ["light"], ["nl"], [100]):
            target = folder / f"{names[path.name.removesuffix('-light-nl-100.png')]}.png"
            with Image.open(path) as image:
                # Maximum coverage keeps small coloured signs, which a palette by frequency turns grey.
                few = image.convert("RGB").quantize(
                    256, Image.Quantize.MAXCOVERAGE, 2, dither=Image.Dither.NONE
                )
                few.save(target, optimize=True)
            yield target


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when all pictures are made."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    for path in draw(parser.parse_args(arguments).folder):
        print(f"{path.name}  {path.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
