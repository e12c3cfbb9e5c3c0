"""Verify what `crfapp site signatures` wrote: python verify_signature.py FOLDER. Needs only cryptography."""

import hashlib
import json
import pathlib
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def canonical(data):
    """The one byte string of JSON data, as it was signed and hashed."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


folder, wrong = pathlib.Path(sys.argv[1]), 0
keys = json.loads((folder / "keys.json").read_text("utf-8"))  # login -> the public keys on record
for file in sorted(folder.glob("signature-*.json")):
    try:
        said = json.loads(file.read_text("utf-8"))
        paper, key = said["paper"], Ed25519PublicKey.from_public_bytes(bytes.fromhex(said["public"]))
        key.verify(bytes.fromhex(said["signed"]), canonical(paper))
        same = hashlib.sha256(canonical(said["content"])).hexdigest() == paper["content"]
        known = said["public"] in keys[paper["signer"][0]] and paper["signature"] in file.name
        wrong, result = (wrong, "valid") if same and known else (1, "WRONG content, key or place")
    except (InvalidSignature, LookupError, TypeError, ValueError) as problem:
        wrong, result = 1, f"WRONG {type(problem).__name__}"
    print(f"{file.name}: {result}")
sys.exit(wrong)
