"""A form as its signer goes through it: its answers, or what changed in them; seen at its end."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, Pill, Words

if TYPE_CHECKING:
    from crfapp.present.signing_view import ChangeLine, ReviewedForm
    from crfapp.present.texts import Texts


class ChangeTable(QLabel):
    """Questions and answers in a table that wraps; changed ones with then, now, who, when and why."""

    def __init__(self, lines: tuple[ChangeLine, ...], say: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines, self._say = lines, say
        tokens = current()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName("; ".join(map(self._spoken, lines)))
        self.dress()

    def dress(self) -> None:
        """Write it in the colours of the tokens in force."""
        rows = "".join(map(self._row, self._lines))
        turned = ' dir="rtl"' if self._say.right_to_left else ""
        self.setText(f'<table width="100%" cellspacing="0" cellpadding="3"{turned}>{rows}</table>')

    def _row(self, line: ChangeLine) -> str:
        tokens = current()
        question = f'<td width="38%" style="color:{tokens.muted}">{escape(line.question)}</td>'
        if not line.changed:
            return self._cells(question, f"<td>{escape(line.now)}</td>")
        arrow = "←" if self._say.right_to_left else "→"
        then = f'<span style="color:{tokens.muted};text-decoration:line-through">{escape(line.then)}</span>'
        now = f'<span style="color:{tokens.warn};font-weight:600">{escape(line.now)}</span>'
        answer = f"{then} {arrow} {now}" if line.then or line.now else ""
        told = escape(" · ".join(part for part in (line.who, line.when) if part))
        why = f"<br/>{escape(line.why)}" if line.why else ""
        who = f'<td style="color:{tokens.muted}">{told}{why}</td>'
        return self._cells(question, f'<td width="30%">{answer}</td>', who)

    def _cells(self, *cells: str) -> str:
        """A row; Qt does not turn the columns of a table where a window reads from the right."""
        return f"<tr>{''.join(reversed(cells) if self._say.right_to_left else cells)}</tr>"

    def _spoken(self, line: ChangeLine) -> str:
        if not line.changed:
            return f"{line.question}: {line.now}"
        told = self._say("{then}, now {now}", then=line.then or "–", now=line.now or "–")
        return ", ".join(part for part in (f"{line.question}: {told}", line.who, line.when, line.why) if part)


class FormCard(Card):
    """One form. ``seen`` is emitted at its end; ``opened`` when the form itself is wanted."""

    seen = Signal()
    opened = Signal()

    def __init__(self, form: ReviewedForm, say: Texts, parent: QWidget) -> None:
        super().__init__(form.title, form.where, parent=parent)
        self.form, self._say = form, say
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.head_row.addWidget(Pill(form.note, "warn" if self._changed() else "muted", parent=self))
        self.go = Button(say("Open form"), "quiet", parent=self)
        self.go.clicked.connect(self.opened)
        self.head_row.addWidget(self.go)
        if form.lines:
            self.table = ChangeTable(form.lines, say, self)
            self.add_row(self.table)
        else:
            tokens, empty = current(), Words(say("Nothing is recorded here."), "muted", parent=self)
            empty.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
            self.add_row(empty)
        self.add_row(self._end())

    def mark_seen(self) -> None:
        """It was gone through."""
        self.done.setVisible(False)
        self.pill.setVisible(True)

    def _changed(self) -> bool:
        return any(line.changed for line in self.form.lines)

    def _end(self) -> QWidget:
        """The end of the form: here it is said that it was gone through."""
        tokens, end = current(), QWidget(self)
        row = QHBoxLayout(end)
        row.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
        self.done = Button(self._say("Gone through, next form"), hint="Enter", icon_name="check", parent=end)
        self.done.setAccessibleName(self._say("{form} gone through, next form", form=self.form.title))
        self.done.clicked.connect(self.seen)
        self.pill = Pill(self._say("gone through"), "ok", icon="check", parent=end)
        row.addWidget(self.done)
        row.addWidget(self.pill)
        row.addStretch(1)
        self.done.setVisible(not self.form.seen)
        self.pill.setVisible(self.form.seen)
        return end
