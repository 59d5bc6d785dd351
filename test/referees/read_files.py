"""Reads the files that a manifest names with the usual libraries of Python, and prints what it found as JSON.

Usage: read_files.py FOLDER
FOLDER holds manifest.json: {"boundaries": [{"file", "keys": [code, ward, LGA, state]}],
"tables": [{"file", "delimiter", "decimal", "thousands", "encoding", "keys": [ward, LGA], "values": [...]}]}.
"""

import json
import sys
from pathlib import Path

import geopandas
import pandas
from libpysal.weights import Queen


def boundaries(folder, entry):
    """Keys, area in square degrees, box and queen neighbours of every ward."""
    path = folder / entry["file"]
    frame = geopandas.read_file(path)
    names = [" | ".join(str(row[key]) for key in entry["keys"]) for _, row in frame.iterrows()]
    queen = Queen.from_dataframe(frame, use_index=False, silence_warnings=True)
    return [
        {
            "name": name,
            "area": shape.area,
            "box": list(shape.bounds),
            "neighbours": sorted(names[other] for other in queen.neighbors[place]),
        }
        for place, (name, shape) in enumerate(zip(names, frame.geometry))
    ]


def table(folder, entry):
    """Keys and values of every row; null where a value is missing."""
    path = folder / entry["file"]
    texts = {key: str for key in entry["keys"]}
    if path.suffix in (".csv", ".tsv"):
        frame = pandas.read_csv(
            path,
            sep=entry["delimiter"],
            decimal=entry["decimal"],
            thousands=entry["thousands"] or None,
            encoding=entry["encoding"],
            dtype=texts,
            # The faster engine takes signs of one byte only.
            engine="c" if entry["thousands"].isascii() else "python",
        )
    else:
        frame = pandas.read_excel(path, dtype=texts)
    for name in entry["values"]:
        if not pandas.api.types.is_numeric_dtype(frame[name]):
            frame[name] = pandas.to_numeric(
                frame[name].str.rstrip("%").str.replace(entry["decimal"], ".", regex=False), errors="raise"
            )
    return [
        {
            "name": " | ".join(str(row[key]) for key in entry["keys"]),
            "values": [None if pandas.isna(row[name]) else float(row[name]) for name in entry["values"]],
        }
        for _, row in frame.iterrows()
    ]


def main():
    folder = Path(sys.argv[1])
    manifest = json.loads((folder / "manifest.json").read_text())
    print(
        json.dumps(
            {
                "boundaries": [boundaries(folder, entry) for entry in manifest["boundaries"]],
                "tables": [table(folder, entry) for entry in manifest["tables"]],
            }
        )
    )


main()
