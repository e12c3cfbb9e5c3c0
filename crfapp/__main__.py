"""``python -m crfapp``."""

from crfapp.bootstrap import main

if __name__ == "__main__":
    main()
