"""The catalogue of coded problems: every refusal has a stable code and facts that hold no answers.

What the person reads (what is wrong, what to do) is said by ``present/problem_texts``; here are only
the codes, so that a log, a test and a report name the same thing for ever. A retired code stays listed.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Stable codes. The letter says who must act: R the user, E the surroundings, I the data team."""

    # reading what was typed
    NOT_A_NUMBER = "R-101"
    NOT_WHOLE = "R-102"
    TOO_PRECISE = "R-103"
    AMBIGUOUS_NUMBER = "R-104"
    UNKNOWN_UNIT = "R-105"
    OTHER_UNIT = "R-106"
    NOT_A_DATE = "R-107"
    AMBIGUOUS_DATE = "R-108"
    HIJRI_YEAR = "R-109"
    DATE_INCOMPLETE = "R-110"
    NOT_A_TIME = "R-111"
    TIME_SKIPPED = "R-112"
    TIME_TWICE = "R-113"
    NOT_A_CODE = "R-114"
    TOO_LONG = "R-115"
    OFF_SCALE = "R-116"
    UNKNOWN_ROW = "R-117"
    UNPRINTABLE = "R-118"
    MISSING_NOT_ALLOWED = "R-119"
    # doing
    NOT_ALLOWED = "R-201"
    REASON_NEEDED = "R-202"
    UNKNOWN_SUBJECT = "R-203"
    UNKNOWN_FORM = "R-204"
    UNKNOWN_ITEM = "R-205"
    ITEM_COMPUTED = "R-206"
    ITEM_HIDDEN = "R-207"
    FORM_INCOMPLETE = "R-208"
    VISIT_NOT_STARTED = "R-209"
    VISIT_STARTED_ALREADY = "R-210"
    FORM_COMPLETE = "R-211"
    ROW_VOIDED = "R-212"
    UNKNOWN_FINDING = "R-213"
    UNKNOWN_VISIT = "R-214"
    LOGIN_TAKEN = "R-215"
    REASON_TOO_SHORT = "R-216"
    MERGE_REFUSED = "R-217"
    NOT_IN_PLAN = "R-240"
    SIGN_HINDERED = "R-241"
    SIGN_UNSEEN = "R-242"
    SIGN_STALE = "R-243"
    SIGN_NOT_READY = "R-244"
    SIGN_LOGIN = "R-245"
    SIGNED_ALREADY = "R-246"
    NOTHING_TO_SIGN = "R-247"
    SIGN_ONLY = "R-248"
    UNKNOWN_QUERY = "R-220"
    QUERY_SAYS_NOTHING = "R-221"
    QUERY_OPEN = "R-222"
    QUERY_ANSWERED = "R-223"
    QUERY_CLOSED = "R-224"
    QUERY_UNANSWERED = "R-225"
    # comparing with the source
    MONITORING_NONE = "R-230"
    VERIFY_NOT_PLANNED = "R-231"
    VERIFY_HERE_FIRST = "R-232"
    VERIFY_WORKED_OUT = "R-233"
    VERIFY_NO_ANSWER = "R-234"
    VERIFY_QUERY_OPEN = "R-235"
    VERIFY_DONE = "R-236"
    VERIFY_STALE = "R-237"
    VERIFY_NONE = "R-238"
    MONITORING_RUNS = "R-239"
    # holding
    FORM_HELD = "R-250"
    MOVE_NOT_THIS = "R-260"
    MOVE_TARGET = "R-261"
    MOVE_WAITING = "R-262"
    MOVE_UNKNOWN = "R-263"
    OBSERVER_NEEDED = "R-264"
    OBSERVED_AHEAD = "R-265"
    LOCK_HINDERED = "R-251"
    HELD_ALREADY = "R-252"
    NOT_HELD = "R-253"
    UNLOCK_NOT_ASKED = "R-254"
    SITE_HELD = "R-255"
    CLOCK_UNNAMED = "R-266"
    NOTHING_TO_CHECK = "R-267"
    SAME_PERSON = "R-268"
    # getting in
    WRONG_LOGIN = "R-301"
    WRONG_RECOVERY = "R-302"
    PASSWORD_TOO_SHORT = "R-303"  # noqa: S105 - a code
    PASSWORD_TOO_COMMON = "R-304"  # noqa: S105 - a code
    LOCKED_OUT = "R-305"
    PASSWORD_FROM_NAMES = "R-306"  # noqa: S105 - a code
    ACCOUNT_ENDED = "R-310"
    NOT_TRAINED = "R-311"
    OWN_PASSWORD_NEEDED = "R-312"  # noqa: S105 - a code
    NOT_DELEGATED = "R-313"
    DAYS_CROSSED = "R-314"
    LAST_ADMINISTRATOR = "R-315"
    SOMEBODY_ELSE = "R-316"
    ROLES_CONFLICT = "R-317"
    SESSION_OVER = "R-318"
    UNKNOWN_PERSON = "R-319"
    UNKNOWN_DELEGATION = "R-320"
    DUTY_OUTSIDE_ROLE = "R-321"
    # study packs and journeys
    PACK_WRONG = "R-401"
    PACK_NOT_FOUND = "R-402"
    JOURNEY_WRONG = "R-403"
    # what leaves
    EXPORT_EXISTS = "R-501"
    WORKBOOK_DIFFERS = "R-502"
    WORKBOOK_PASSWORD = "R-503"  # noqa: S105 - a code
    CANCELLED = "R-504"
    WORKBOOK_KEY = "R-505"
    WORKBOOK_DAMAGED = "R-506"
    # redaction
    NOTHING_THERE = "R-531"
    REPEATS_TEXT = "R-532"
    NOT_WAITING = "R-533"
    SECOND_PERSON = "R-534"
    # packages: what comes, and what cannot go
    NOT_SAID_HERE = "R-601"
    PACKAGE_NOT_FOR_US = "R-602"
    PACKAGE_UNKNOWN_SIGNER = "R-603"
    PACKAGE_REVOKED_SIGNER = "R-604"
    PACKAGE_WRONG_ROLE = "R-605"
    PACKAGE_DAMAGED = "R-606"
    PACKAGE_TOO_NEW = "R-607"
    PACKAGE_OTHER_SITE = "R-608"
    PACKAGE_GAP = "R-609"
    PACKAGE_KNOWN = "R-610"
    CHAIN_FORKED = "R-611"
    PACKAGE_TOO_LARGE = "R-612"
    SITE_UNKNOWN = "R-613"
    RECIPIENT_UNKNOWN = "R-614"
    RECIPIENT_WAITS = "R-615"
    CERTIFICATE_WRONG = "R-616"
    ROUTE_WRONG = "R-617"
    HOST_UNKNOWN = "R-618"
    ROUTE_LOGIN = "R-619"
    COPY_FIRST = "R-620"
    COPY_DIFFERS = "R-621"
    PACKAGE_UNKNOWN = "R-622"
    CARD_DIFFERS = "R-650"
    # two workstations
    IN_CONFLICT = "R-630"
    NOT_IN_CONFLICT = "R-631"
    NOT_LATE = "R-632"
    NUMBER_TAKEN = "R-633"
    INVITATION_WRONG = "R-634"
    INVITATION_CODE = "R-635"
    NODE_UNKNOWN = "R-636"
    NODE_REVOKED = "R-637"
    INVITATION_USED = "R-655"
    COPY_NEEDS_KEY = "R-656"
    # whom packages go to, and whose are heard
    NOT_NAMED = "R-660"
    NODE_KNOWN = "R-661"
    NODES_FULL = "R-662"
    OWN_NODE = "R-663"
    CODE_DIFFERS = "R-664"
    # the site's own copy, and what it is compared with
    STATE_FILE_DAMAGED = "R-640"
    STATE_OTHER_SITE = "R-641"
    COPY_SECRET_WRONG = "R-642"  # noqa: S105 - a code
    COPY_DAMAGED = "R-643"
    COPY_UNKNOWN = "R-644"
    COPY_NOT_WHOLE = "R-645"
    # on the way
    ROUTE_TAKEN = "R-646"
    OUTBOX_DIFFERS = "R-647"
    HOST_NOT_AGREED = "R-648"
    NO_ROUTE = "R-649"
    DATABASE_ADDRESS = "R-669"
    NOTHING_OF_SITE = "R-668"
    # photographs as files
    PHOTO_EMPTY = "R-700"
    PHOTO_TOO_BIG = "R-701"
    PHOTO_TYPE = "R-702"
    PHOTO_DAMAGED = "R-703"
    PHOTO_PIXELS = "R-704"
    PHOTO_SEVERAL = "R-705"
    PHOTO_TWO_KINDS = "R-706"
    PHOTO_MASK_EMPTY = "R-707"
    # photographs
    PHOTOGRAPH_TYPED = "R-710"
    PHOTOGRAPH_ELSEWHERE = "R-711"
    PHOTOGRAPH_NOT_HERE = "R-712"
    PHOTOGRAPH_UNFIT = "R-713"
    PHOTOGRAPH_UNKNOWN = "R-714"
    MASK_OUTSIDE = "R-715"
    # outlines on photographs, and readings without knowing whose
    OUTLINE_CROSSES = "R-730"
    OUTLINE_EMPTY = "R-731"
    OUTLINE_NESTED = "R-732"
    CALIBRATION_WRONG = "R-733"
    OUTLINE_BEYOND = "R-734"
    OUTLINE_TEXT = "R-735"
    NOT_TRACED_HERE = "R-736"
    NOT_APART = "R-737"
    READING_UNKNOWN = "R-738"
    READER_NOT_BLIND = "R-739"
    READING_UNFIT = "R-790"
    # bringing photographs
    PHOTO_UNREADABLE = "R-720"
    CAMERA_FOLDER = "R-721"
    # labels of products and lesions
    CODE_BROKEN = "R-760"
    CODE_WITHOUT_PART = "R-761"
    LABEL_READ = "R-762"
    OTHER_SUBJECT = "R-763"
    OTHER_LESION = "R-764"
    NOT_A_LESION_LABEL = "R-765"
    # telling the sponsor at once
    NOTICE_UNKNOWN = "R-770"
    AWARE_FIRST = "R-771"
    SENT_TOO_EARLY = "R-772"
    SENT_AHEAD = "R-773"
    NOTICE_UNSAID = "R-774"
    NOTICE_SENT_ALREADY = "R-775"
    REPORT_OPEN = "R-776"
    SIGN_UNKNOWN = "R-777"
    EVENT_UNKNOWN = "R-778"
    STOP_RULE_OPEN = "R-779"
    CONSENT_WITHDRAWN = "R-798"
    # copies against loss, shares of the key
    NO_COPY_THERE = "R-801"
    COPY_NOT_SOUND = "R-802"
    SHARES_NUMBERS = "R-803"
    SHARES_TOO_FEW = "R-804"
    SHARE_MISTYPED = "R-805"
    SHARES_MIXED = "R-806"
    PLACE_WITHIN = "R-807"
    # amendments of the study
    NOT_AN_AMENDMENT = "R-810"
    VERSION_NOT_NEWER = "R-811"
    VERSION_UNKNOWN = "R-812"
    VERSION_ACTIVE = "R-813"
    APPROVAL_UNSAID = "R-814"
    RECONSENT_UNFIT = "R-815"
    VERSION_NOT_HERE = "R-816"
    # looking through the trail
    FINDING_NEEDED = "R-510"
    TRAIL_DIFFERS = "R-511"
    # qualification
    NOT_A_REPORT = "R-830"
    # the surroundings
    DISK_FULL = "E-101"
    DISK_FAILS = "E-102"
    BUSY = "E-103"
    NOT_A_SITE = "E-104"
    SITE_EXISTS = "E-105"
    TOO_NEW = "E-106"
    NOT_ENCRYPTED = "E-107"
    NOT_DURABLE = "E-108"
    WRONG_KEY = "E-109"
    FOLDER_REFUSED = "E-110"
    SITE_OPEN = "E-111"
    SAVED_UNKNOWN = "E-840"
    SAVED_ALL_THE_SAME = "E-841"
    NOT_SAVED_EARLIER = "E-842"
    RESERVE_IN_USE = "E-843"
    RECORDS_GONE = "E-844"
    NO_ROOM_TO_RAISE = "E-845"
    MEMORY_FULL = "E-846"
    PROGRAM_FAILS = "E-847"
    LAST_UNSURE = "E-848"
    ROUTE_FAILS = "E-120"
    STORE_FAILS = "E-121"
    ROUTE_FULL = "E-122"
    # the evidence
    CHAIN_BROKEN = "I-101"
    TABLES_DIFFER = "I-102"
    LOG_MISSING = "I-103"
    VAULT_DAMAGED = "I-104"
    DATABASE_DAMAGED = "I-105"
    OLDER_COPY = "I-106"
    PHOTO_CHANGED = "I-107"
    PHOTO_LOST = "I-108"
    KEY_DIFFERS = "I-110"


class AppProblem(Exception):
    """Base of every problem raised on purpose.

    ``facts`` name places, limits and counts; never what somebody answered, so that they may be logged.
    """

    def __init__(self, code: Code, **facts: str | int) -> None:
        super().__init__(code.value, facts)
        self.code = code
        self.facts = facts


class RefusedError(AppProblem):
    """The user can put it right: shown beside the control."""


class EnvironmentProblem(AppProblem):
    """Disk, lock or clock: shown with what to do; work goes on where it can."""


class IntegrityProblem(AppProblem):
    """Evidence does not match: stop writing, keep everything, call the data team."""
