"""The paragraphs of several files as one narrative with running offsets."""

from dataclasses import replace

from fiscal.model.text import Paragraph
from fiscal.readers.grid import RawDocument


def joined_paragraphs(raws: list[RawDocument]) -> list[Paragraph]:
    """All paragraphs, file after file; offsets count on from file to file, one character between paragraphs."""
    paragraphs: list[Paragraph] = []
    start = 0
    for raw in raws:
        end = start
        for paragraph in raw.paragraphs:
            offset = start + (paragraph.place.offset if paragraph.place.offset is not None else end - start)
            paragraphs.append(replace(paragraph, place=replace(paragraph.place, offset=offset)))
            end = max(end, offset + len(paragraph.text) + 1)
        start = end
    return paragraphs
