# The driver is sqlite3's own C code over SQLCipher: same calls, same classes, but classes of its own.
from sqlite3.dbapi2 import Binary as Binary
from sqlite3.dbapi2 import Connection as Connection
from sqlite3.dbapi2 import Cursor as Cursor
from sqlite3.dbapi2 import DatabaseError as DatabaseError
from sqlite3.dbapi2 import DataError as DataError
from sqlite3.dbapi2 import Error as Error
from sqlite3.dbapi2 import IntegrityError as IntegrityError
from sqlite3.dbapi2 import InterfaceError as InterfaceError
from sqlite3.dbapi2 import InternalError as InternalError
from sqlite3.dbapi2 import NotSupportedError as NotSupportedError
from sqlite3.dbapi2 import OperationalError as OperationalError
from sqlite3.dbapi2 import ProgrammingError as ProgrammingError
from sqlite3.dbapi2 import Row as Row
from sqlite3.dbapi2 import Warning as Warning
from sqlite3.dbapi2 import connect as connect
from sqlite3.dbapi2 import sqlite_version as sqlite_version
from sqlite3.dbapi2 import sqlite_version_info as sqlite_version_info

SQLITE_OK: int
SQLITE_DENY: int
SQLITE_IGNORE: int
SQLITE_DELETE: int
SQLITE_INSERT: int
SQLITE_UPDATE: int
apilevel: str
paramstyle: str
threadsafety: int
