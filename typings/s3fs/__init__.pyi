from collections.abc import Mapping
from typing import Any, BinaryIO

from aiobotocore.session import AioSession

class S3FileSystem:
    retries: int
    def __init__(
        self,
        *,
        anon: bool = ...,
        key: str | None = ...,
        secret: str | None = ...,
        endpoint_url: str | None = ...,
        client_kwargs: Mapping[str, Any] = ...,
        config_kwargs: Mapping[str, Any] = ...,
        session: AioSession = ...,
        use_listings_cache: bool = ...,
        skip_instance_cache: bool = ...,
    ) -> None: ...
    def call_s3(self, method: str, **kwargs: Any) -> dict[str, Any]: ...
    def find(self, path: str, maxdepth: int | None = ...) -> list[str]: ...
    def open(self, path: str, mode: str, *, cache_type: str = ...) -> BinaryIO: ...
    async def set_session(self) -> Any: ...
