from typing import BinaryIO

from msoffcrypto import exceptions as exceptions
from msoffcrypto.format.ooxml import OOXMLFile

def OfficeFile(file: BinaryIO) -> OOXMLFile: ...
