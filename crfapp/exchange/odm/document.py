"""A whole ODM-XML 1.3.2 document of a site, written in one pass (CDISC ODM 1.3.2, section 3.1.1).

It is a snapshot: the state with who, when and why of each answer in force. The full history is in the events
of the same package or copy, which are the record; an importer of ODM wants one value for each point.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, NamedTuple

from crfapp.exchange.odm.clinical import write_clinical
from crfapp.exchange.odm.metadata import Metadata
from crfapp.exchange.odm.people import write_people
from crfapp.exchange.odm.xml_stream import XmlStream
from crfapp.exchange.whole_file import beside, disk_named, give_name, refuse_existing

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from crfapp.exchange.site_data import SiteData

NAMESPACE = "http://www.cdisc.org/ns/odm/v1.3"


class OdmFile(NamedTuple):
    """A document that was written: the file, its SHA-256, how many answers."""

    path: Path
    sha256: str
    answers: int


def write_odm(data: SiteData, file: BinaryIO) -> int:
    """Write the document into an open file; how many answers. ``data`` must stay one snapshot."""
    made, site = data.making.at, data.site
    xml = XmlStream(file)
    with xml.element(
        "ODM",
        xmlns=NAMESPACE,
        ODMVersion="1.3.2",
        FileType="Snapshot",
        Granularity="SingleSite",
        FileOID=f"{data.study.head.study}.{site.code}.{made.utc:%Y%m%dT%H%M%SZ}",
        CreationDateTime=made.local.isoformat(timespec="seconds"),
        AsOfDateTime=made.local.isoformat(timespec="seconds"),
        Originator=site.name,
        SourceSystem="crfapp",
        SourceSystemVersion=data.making.software,
    ):
        Metadata(data.study, data.confidential, xml).write()
        write_people(data, xml)
        return write_clinical(data, xml)


def write_odm_file(data: SiteData, target: Path) -> OdmFile:
    """The same as a file of its own. EXPORT_EXISTS, FOLDER_REFUSED, DISK_FULL, DISK_FAILS."""
    refuse_existing(target)
    with beside(target) as part:
        with disk_named(target.parent), part.open("xb") as file:
            answers = write_odm(data, file)
            file.flush()
            os.fsync(file.fileno())
        with part.open("rb") as written:
            digest = hashlib.file_digest(written, "sha256").hexdigest()
        refuse_existing(target)
        give_name(part, target)
    return OdmFile(target, digest, answers)
