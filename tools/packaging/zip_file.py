"""Makes Chalice's zip start fast and be the same each time: compiled modules in it, unused data out of it.

Lambda's file system is read-only, so a module without its .pyc is compiled at every cold start; and of botocore's 440
service descriptions the functions use six (docs/decisions/0006-packaging.md has the numbers).
"""

import compileall
import shutil
import tempfile
import zipfile
from pathlib import Path
from py_compile import PycInvalidationMode

SERVICES_IN_USE = frozenset({"apigatewaymanagementapi", "dynamodb", "sesv2", "sns", "sqs", "sts"})
UNUSED_PHONE_DATA = ("phonenumbers/geodata", "phonenumbers/carrierdata", "phonenumbers/tzdata")
NOT_DEPLOYED = ("bin", "boto3/examples", "*.dist-info/RECORD", "**/tests", "**/*.pyi", *UNUSED_PHONE_DATA)
EPOCH = (1980, 1, 1, 0, 0, 0)
FILE_MODE = 0o644 << 16


def repack(archive: Path) -> None:
    """Rewrite the zip in place."""
    with tempfile.TemporaryDirectory(dir=archive.parent) as name:
        folder = Path(name)
        with zipfile.ZipFile(archive) as source:
            source.extractall(folder)
        prune(folder)
        compile_all(folder)
        write_zip(folder, archive)


def prune(folder: Path) -> None:
    """Take out what is never read in Lambda."""
    data = folder / "botocore" / "data"
    for service in [each for each in data.glob("*") if each.is_dir() and each.name not in SERVICES_IN_USE]:
        shutil.rmtree(service)
    for pattern in NOT_DEPLOYED:
        for path in [*folder.glob(pattern)]:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def compile_all(folder: Path) -> None:
    """A .pyc beside each module, trusted without a look at the source's time, with paths as in Lambda."""
    compileall.compile_dir(
        folder,
        quiet=2,
        force=True,
        stripdir=str(folder),
        prependdir="/var/task",
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )


def write_zip(folder: Path, archive: Path) -> None:
    """Sorted names, one date, one mode."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), EPOCH)
            entry.external_attr = FILE_MODE
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, path.read_bytes())
