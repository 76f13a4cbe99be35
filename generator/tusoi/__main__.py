"""`python -m tusoi` is the command."""

from tusoi.cli import main

main()
