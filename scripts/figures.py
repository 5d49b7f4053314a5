#!/usr/bin/env python3
"""Makes assets/fonts/AttacheFigures-*.otf: the figures of Inter, all of one width.

egui shapes text without OpenType features, and Inter's figures are tabular only by one (`tnum`).
So these small fonts carry the tabular glyphs as plain characters; the family they head falls
back to Inter for everything else. Inter reserves no font name, but is a trademark: hence the
name. Needs fonttools (any recent one): pip install fonttools
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "assets" / "fonts"
FAMILY = "Attache Figures"


def tabular_glyphs(font):
    """Glyph name -> name of its tabular twin."""
    gsub = font["GSUB"].table
    twins = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for subtable in gsub.LookupList.Lookup[index].SubTable:
                    twins.update(getattr(subtable, "ExtSubTable", subtable).mapping)
    return twins


def map_characters(font, twins):
    """Points characters at the tabular glyphs; returns those characters."""
    changed = set()
    for table in font["cmap"].tables:
        for code, glyph in list(table.cmap.items()):
            if glyph in twins and code < 0xE000:  # not the font's own private-use entries
                table.cmap[code] = twins[glyph]
                changed.add(code)
    return changed


def keep_only(font, characters):
    options = Options()
    options.layout_features = []
    options.name_IDs = ["*"]  # the licence stays inside, too
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def rename(font, style):
    """Gives the font its own name; copyright, licence and authors stay."""
    names = {
        1: f"{FAMILY} {style}",
        2: "Regular",
        3: f"{FAMILY} {style}, from Inter",
        4: f"{FAMILY} {style}",
        6: f"{FAMILY}-{style}".replace(" ", ""),
    }
    table = font["name"]
    for old in (16, 17, 21, 22, 25):
        table.removeNames(nameID=old)
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [names[6]]
    top = cff.topDictIndex[0]
    top.FamilyName, top.FullName = names[1], names[4]


def main():
    for style in ("Regular", "SemiBold"):
        font = TTFont(FONTS / f"Inter-{style}.otf", recalcTimestamp=False)
        keep_only(font, map_characters(font, tabular_glyphs(font)))
        rename(font, style)
        font.save(FONTS / f"AttacheFigures-{style}.otf")


if __name__ == "__main__":
    main()
