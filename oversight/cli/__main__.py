"""`python -m oversight.cli`: the command `oversight` by another name."""

from oversight.cli import main

main()
