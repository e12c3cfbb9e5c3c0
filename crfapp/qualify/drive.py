"""Where a folder lies: on which kind of drive, and whether something carries it off to a cloud.

A database in WAL mode needs a file system of this machine: network drives lock otherwise than they say, a
stick is pulled, and what copies a folder to a cloud copies a database in the middle of a save.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "ncpfs", "virtiofs"}
)
_REMOTE_FUSE = re.compile(
    r"fuse\.(sshfs|rclone|s3fs|davfs|curlftpfs|gvfsd-fuse|google-drive|onedriver|.*drive.*)"
)
_MEMORY = frozenset({"tmpfs", "ramfs", "devtmpfs"})
_CLOUDS = re.compile(
    r"^(dropbox|onedrive( - .+)?|google ?drive|my drive|icloud ?drive|com~apple~clouddocs|nextcloud|owncloud"
    r"|pcloud ?drive|mega|megasync|box( sync)?|sync|seafile|syncthing|tresorit|yandex\.disk)$",
    re.IGNORECASE,
)
_MARKS = (".dropbox", ".dropbox.cache", ".stfolder", ".owncloudsync.log", ".sync_journal.db", ".seafile-data")
_ESCAPED = re.compile(r"\\([0-7]{3})")
_DRIVE_KINDS = {0: "unknown", 1: "no drive", 2: "removable", 3: "fixed", 4: "network", 5: "disc", 6: "memory"}


@dataclass(frozen=True, slots=True)
class Drive:
    """A mounted file system: where, of which kind, and the number of its device as ``major:minor``."""

    at: str
    kind: str
    device: str

    @property
    def wrong(self) -> str:
        """Why records must not lie on it; empty where they may."""
        if self.kind in NETWORK or _REMOTE_FUSE.fullmatch(self.kind):
            return "network"
        return "memory" if self.kind in _MEMORY else ""


def drive_of(folder: Path, mounts: str) -> Drive | None:
    """The drive that a folder lies on, by what Linux says of its mounts (``/proc/self/mountinfo``)."""
    found = None
    for line in mounts.splitlines():
        head, _, tail = line.partition(" - ")
        fields = head.split()
        if len(fields) < 5 or not tail:  # noqa: PLR2004 - the mount point is the fifth
            continue
        at = _ESCAPED.sub(lambda sign: chr(int(sign[1], 8)), fields[4])
        inside = folder == Path(at) or Path(at) in folder.parents
        if inside and (found is None or len(at) >= len(found.at)):  # of two at one place the later one counts
            found = Drive(at, tail.split()[0], fields[2])
    return found


def wrong_place(folder: Path) -> tuple[str, str]:
    """Why a folder is no place for records, empty where it is one; and what was seen."""
    folder = folder.resolve()
    cloud = cloud_over(folder)
    if cloud:
        return "cloud", f"below {cloud}"
    if sys.platform == "win32":
        return _on_windows(folder)
    mounts = Path("/proc/self/mountinfo")
    drive = drive_of(folder, mounts.read_text(encoding="utf-8")) if mounts.is_file() else None
    if drive is None:
        return "", "this system does not say"
    if drive.wrong:
        return drive.wrong, f"{drive.kind} at {drive.at}"
    removable = is_removable(drive.device, Path("/sys/dev/block"))
    return ("removable" if removable else ""), f"{drive.kind} at {drive.at}"


def cloud_over(folder: Path) -> str:
    """The folder above, or this one, that a program for a cloud keeps; empty where there is none."""
    for each in (folder, *folder.parents):
        if _CLOUDS.match(each.name) or any((each / mark).exists() for mark in _MARKS):
            return each.name
    return ""


def is_removable(device: str, devices: Path) -> bool:
    """Whether the disk of a device can be pulled, by what Linux says of it and of the disk around it."""
    place = (devices / device).resolve()
    flags = (each / "removable" for each in (place, place.parent))
    return any(flag.is_file() and flag.read_text(encoding="ascii").strip() == "1" for flag in flags) or (
        "/usb" in place.as_posix()
    )


def _on_windows(folder: Path) -> tuple[str, str]:
    if folder.drive.startswith("\\\\"):
        return "network", folder.drive
    import ctypes

    windows = getattr(ctypes, "windll")  # noqa: B009 - there is none elsewhere
    kind = _DRIVE_KINDS.get(int(windows.kernel32.GetDriveTypeW(folder.anchor)), "unknown")
    return ("" if kind in ("fixed", "unknown") else kind), f"{kind} at {folder.anchor}"


def is_private(folder: Path) -> tuple[bool, str]:
    """Whether nobody but its owner gets in, and what the system says; on Windows its own rules hold."""
    if sys.platform == "win32":
        return True, "by the rights of the Windows profile"
    found = folder.stat()
    mine = found.st_uid == os.getuid()
    closed = found.st_mode & 0o077 == 0
    return mine and closed, f"{found.st_mode & 0o7777:04o}, {'own' if mine else 'of somebody else'}"
