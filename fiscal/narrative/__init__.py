"""The words of a report: sections of sentences whose every number is a figure with its source."""

from fiscal.narrative.build import sections
from fiscal.narrative.pieces import Carried, Figure, Grid, Section, Sentence, anchor

__all__ = ["Carried", "Figure", "Grid", "Section", "Sentence", "anchor", "sections"]
