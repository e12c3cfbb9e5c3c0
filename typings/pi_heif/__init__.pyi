from PIL import Image

class HeifImage:
    size: tuple[int, int]
    def to_pillow(self) -> Image.Image: ...

class HeifFile:
    size: tuple[int, int]
    primary_index: int
    def __getitem__(self, index: int) -> HeifImage: ...

def open_heif(fp: bytes) -> HeifFile: ...
