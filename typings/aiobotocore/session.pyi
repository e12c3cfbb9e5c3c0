from collections.abc import Mapping
from typing import Any

class AioSession:
    def __init__(self, *, session_vars: Mapping[str, Any] = ...) -> None: ...
