"""`python -m fiscal` is the `fiscal` command."""

from fiscal.cli import main

main(prog_name="fiscal")
