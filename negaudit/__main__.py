"""Runs the command line as `python -m negaudit`."""

from negaudit.cli import main

if __name__ == "__main__":
    main(prog_name="negaudit")
