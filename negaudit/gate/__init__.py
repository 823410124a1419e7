"""What holds a change until its data is right: known findings, and the records a change touches.

`baseline` keeps what is known already, so that only new findings count. `changed` picks the
records that differ from a git revision, so that only they are linted; it asks `repository`.
"""
