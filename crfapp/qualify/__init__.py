"""Qualification on the very workstation: installed as it was made, and doing what it promises."""
