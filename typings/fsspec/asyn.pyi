from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

T = TypeVar("T")

def get_loop() -> AbstractEventLoop: ...
def sync(
    loop: AbstractEventLoop,
    func: Callable[..., Awaitable[T]],
    *args: Any,
    timeout: float | None = ...,
    **kwargs: Any,
) -> T: ...
