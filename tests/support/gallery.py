"""Every field and widget in one window, for looking: ``python -m tests.support.gallery FOLDER``."""

from __future__ import annotations

import argparse
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crfapp.bootstrap.ground import translations_folder
from crfapp.present.hijri_words import HijriWords
from crfapp.present.texts import Texts
from crfapp.study.types import Kind
from crfapp.ui.fields import FieldEditor, FieldSpec, editor_for
from crfapp.ui.icons import STATUS_TOKENS
from crfapp.ui.theme import apply_theme, current
from crfapp.ui.widgets import (
    Banner,
    Button,
    Card,
    ElidedLabel,
    EmptyState,
    FlowRow,
    InlineMessage,
    KeyHint,
    Pill,
    StatusMark,
    Words,
)

ARABIC = {
    "Now": "الآن",
    "Today": "اليوم",
    "Visit date": "تاريخ الزيارة",
    "No": "لا",
    "Yes": "نعم",
    "calculated": "محسوب",
    "Calendar": "التقويم",
    "Photographs are not taken on this page in this version.": "لا تُلتقط الصور في هذه الصفحة في هذا الإصدار.",
    "Signatures are not given on this page in this version.": "لا يُوقَّع في هذه الصفحة في هذا الإصدار.",
    "Injection ended": "انتهاء الحقن",
    "Position": "الوضعية",
    "Sitting": "جالس",
    "Lying": "مستلقٍ",
    "Standing": "واقف",
    "Pulse": "النبض",
    "Initials": "الأحرف الأولى",
    "Remark": "ملاحظة",
    "Date of birth": "تاريخ الميلاد",
    "Start of vitiligo": "بداية البهاق",
    "Kit opened": "فُتحت العبوة",
    "Race": "العرق",
    "Country": "البلد",
    "Pain": "الألم",
    "none": "لا ألم",
    "worst": "أشدّ ألم",
    "Symptoms": "الأعراض",
    "Any complaint?": "هل من شكوى؟",
    "Body mass index": "مؤشر كتلة الجسم",
    "Lot": "التشغيلة",
    "Treated lesion": "الآفة المعالجة",
    "Temperature": "الحرارة",
    "Not done": "لم يُجرَ",
    "in progress": "قيد الإدخال",
    "Complete form": "إكمال النموذج",
    "Observation after injection": "المراقبة بعد الحقن",
    "Measured again: right": "أُعيد القياس: صحيح",
    "Correct": "تصحيح",
    "30 min, systolic 162 mmHg: above 160. A query is open.": "30 دقيقة: الانقباضي 162 أعلى من 160.",
}
RACES = [
    "Middle Eastern or North African",
    "Black or African American",
    "Asian or Pacific Islander",
    "Not reported",
]
SYMPTOMS = ["Itching", "Redness", "Swelling", "Something else"]


class DemoWords:
    """The texts of the gallery in English or Arabic; an unknown text stays English."""

    def __init__(self, arabic: bool) -> None:
        self._texts = ARABIC if arabic else {}

    def __call__(self, msgid: str, **facts: str | int) -> str:
        """The words for a text."""
        return self._texts.get(msgid, msgid).format(**facts)


class DemoPresent:
    """A clinic whose clock stands still."""

    hijri = HijriWords(Texts("en", translations_folder()))

    def now_text(self) -> str:
        """A fixed time."""
        return "10:48"

    def moment_text(self) -> str:
        """A fixed moment."""
        return "10:48"

    def today_text(self) -> str:
        """A fixed day."""
        return "2025-01-12"

    def visit_date_text(self) -> str:
        """The day before."""
        return "2025-01-11"


class FormRow(QWidget):
    """Question, editor, status: as the casebook lays them out."""

    def __init__(
        self, label: str, editor: FieldEditor, status: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        tokens = current()
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.pad, 7, tokens.pad, 7)
        row.setSpacing(0)
        words = Words(label, weight=500, wrap=True, parent=self)
        words.setFixedWidth(tokens.label_width)
        row.addWidget(words)
        row.addWidget(editor, 1)
        row.addSpacing(tokens.gap)
        self.status = StatusMark(status, status, self)
        row.addWidget(self.status)


def _spec(say: DemoWords, name: str, **more: object) -> FieldSpec:
    return FieldSpec(say(name), say, DemoPresent(), **more)  # type: ignore[arg-type]  # a gallery


def _codes(say: DemoWords, labels: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((label.upper(), say(label)) for label in labels)


def fields_card(say: DemoWords) -> tuple[Card, dict[str, FieldEditor]]:
    """One editor of each kind, most of them filled."""
    card = Card(say("Observation after injection"), "5")
    shown: dict[str, FieldEditor] = {}
    countries = tuple((f"C{n}", f"Country {n}") for n in range(1, 40))
    rows: list[tuple[str, Kind, dict[str, object], str, str, bool]] = [
        ("Injection ended", Kind.TIME, {}, "10:18", "verified", False),
        (
            "Position",
            Kind.CHOICE,
            {"choices": _codes(say, ["Sitting", "Lying", "Standing"])},
            "SITTING",
            "complete",
            False,
        ),
        ("Pulse", Kind.INTEGER, {"unit": "/min"}, "84", "complete", False),
        ("Temperature", Kind.DECIMAL, {"unit": "°C"}, "", "missed", False),
        ("Initials", Kind.TEXT, {"size": 10, "hint": "ABC"}, "", "expected", False),
        ("Date of birth", Kind.DATE, {}, "1995-04-16", "query", False),
        ("Start of vitiligo", Kind.PARTIALDATE, {"hint": "2019-03"}, "2019-03", "complete", False),
        ("Kit opened", Kind.DATETIME, {}, "2025-01-12 09:40", "changed", False),
        ("Any complaint?", Kind.YESNO, {}, "", "expected", False),
        ("Pain", Kind.SCALE, {"anchors": (say("none"), say("worst"))}, "3", "complete", False),
        ("Race", Kind.CHOICE, {"choices": _codes(say, RACES)}, RACES[0].upper(), "signed", False),
        ("Symptoms", Kind.CHOICES, {"choices": _codes(say, SYMPTOMS)}, "ITCHING;SWELLING", "finding", False),
        ("Country", Kind.CHOICE, {"choices": countries}, "C7", "conflict", False),
        (
            "Treated lesion",
            Kind.ROWREF,
            {"choices": (("1", "L01 forearm"), ("2", "L02 hand"))},
            "1",
            "lock",
            False,
        ),
        ("Body mass index", Kind.DECIMAL, {"unit": "kg/m²"}, "24.2", "complete", True),
        ("Lot", Kind.BARCODE, {}, "EV-24-117", "outdated", False),
        (
            "Remark",
            Kind.LONGTEXT,
            {"hint": "…"},
            "Rested five minutes.\nقيل إن الذراع تؤلم قليلاً.",
            "in-progress",
            False,
        ),
        ("Photograph", Kind.PHOTO, {}, "", "expected", False),
        ("Signature", Kind.SIGNATURE, {}, "", "expected", False),
        ("Site", Kind.BODYSITE, {}, "0.41,0.22,front", "complete", False),
        ("Note", Kind.NOTE, {"hint": "Count for 30 seconds after five minutes at rest."}, "", "", False),
    ]
    for name, kind, more, value, status, computed in rows:
        editor = editor_for(kind, _spec(say, name, **more), computed=computed)
        editor.show_value(value, say("Not done") if status == "missed" else None)
        shown[name] = editor
        card.add_row(FormRow(say(name), editor, status))
    return card, shown


def widgets_column(say: DemoWords) -> QWidget:
    """The general widgets."""
    column = QWidget()
    lay = QVBoxLayout(column)
    lay.setSpacing(12)
    head = QHBoxLayout()
    head.addWidget(Words(say("Observation after injection"), size="title", weight=600))
    head.addWidget(Pill(say("in progress")))
    head.addStretch(1)
    head.addWidget(Button(say("Not done")))
    head.addWidget(Button(say("Complete form"), "primary"))
    lay.addLayout(head)
    info = Banner("Observation running: 00:31", note="of 60 minutes · next vitals at 11:18")
    info.add_button("pause", "Pause for adverse event")
    info.add_button("now", "Now: 60 min", "primary")
    lay.addWidget(info)
    serious = Banner("Serious event JO01-006, anaphylaxis: report within 19 h 12 min", "error")
    serious.add_button("send", "Send report", "danger")
    lay.addWidget(serious)
    lay.addWidget(Banner("2 packages not yet confirmed by the sponsor", "warn"))
    lay.addWidget(_message_card(say))
    lay.addWidget(_pill_row())
    lay.addWidget(_status_row())
    lay.addWidget(_button_row(say))
    lay.addWidget(ElidedLabel("A very long name of a form that cannot possibly fit " * 4, "muted"))
    lay.addWidget(
        EmptyState("No subjects yet", "Everyone who signed a consent appears here.", step="Enrol a subject")
    )
    return column


def _message_card(say: DemoWords) -> Card:
    card = Card("Vital signs", "5 time points from the protocol")
    finding = say("30 min, systolic 162 mmHg: above 160. A query is open.")
    actions = (("right", say("Measured again: right")), ("correct", say("Correct")))
    for message in (
        InlineMessage(finding, "warn", actions=actions),
        InlineMessage("This is not a number. Type digits, for example 36.6.", "error"),
        InlineMessage("G. Weber asks: source says 16 June?", "query", actions=(("answer", "Answer"),)),
    ):
        row = QWidget()
        lay = QHBoxLayout(row)
        lay.setContentsMargins(16, 4, 16, 4)
        lay.addWidget(message)
        card.add_row(row)
    return card


def _flow(parts: list[QWidget]) -> QWidget:
    box = QWidget()
    flow = FlowRow(box)
    for part in parts:
        flow.addWidget(part)
    return box


def _pill_row() -> QWidget:
    tones = ["primary", "ok", "warn", "error", "query", "muted", "rail"]
    return _flow(
        [*(Pill(t, t) for t in tones), Pill("planned", planned=True), Pill("3", "rail"), KeyHint("Ctrl+K")]
    )


def _status_row() -> QWidget:
    return _flow([StatusMark(s, s) for s in STATUS_TOKENS])


def _button_row(say: DemoWords) -> QWidget:
    off = Button("Disabled", "primary")
    off.setEnabled(False)
    return _flow(
        [
            Button("Go to…", "pill", icon_name="search", hint="Ctrl+K"),
            Button(say("Now"), hint="N"),
            Button("Quiet", "quiet", icon_name="help"),
            Button("", "quiet", icon_name="close"),
            off,
            QPushButton("A bare button"),
        ]
    )


def build_gallery(arabic: bool) -> tuple[QWidget, dict[str, FieldEditor]]:
    """The whole gallery and its editors by name."""
    say = DemoWords(arabic)
    window = QWidget()
    window.setWindowTitle("gallery")
    row = QHBoxLayout(window)
    row.setSpacing(24)
    card, editors = fields_card(say)
    left = QVBoxLayout()
    left.addWidget(card)
    left.addStretch(1)
    row.addLayout(left, 1)
    row.addWidget(widgets_column(say), 1)
    return window, editors


def save_all(app: QApplication, folder: Path) -> list[Path]:
    """A picture for each theme and direction."""
    folder.mkdir(parents=True, exist_ok=True)
    saved: list[Path] = []
    for theme in ("light", "dark", "contrast"):
        for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
            rtl = direction == Qt.LayoutDirection.RightToLeft
            app.setLayoutDirection(direction)
            QLocale.setDefault(QLocale("ar_JO" if rtl else "en_GB"))
            apply_theme(app, theme)
            window, editors = build_gallery(rtl)
            editors["Pulse"].mark("warn")
            editors["Initials"].mark("error")
            window.resize(1360, 1080)
            window.show()
            window.activateWindow()
            if not QTest.qWaitForWindowActive(window):
                raise RuntimeError("the gallery did not get the keyboard")
            editors["Kit opened"].focus_first()
            QTest.qWait(1)
            path = folder / f"gallery-{theme}-{'rtl' if rtl else 'ltr'}.png"
            window.grab().save(str(path))
            saved.append(path)
            window.close()
    return saved


def main() -> None:
    """Save the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    app = QApplication([])
    save_all(app, folder)


if __name__ == "__main__":
    main()
