"""What is done about a form as a whole from its head: taken up again, frozen, locked, moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.ui.casebook.form_view import FormView


class WholeForm:
    """Listens to the head of a form view and carries out what it asks for."""

    def __init__(self, view: FormView) -> None:
        self._view = view
        view.head.reopen_wanted.connect(self._reopen)
        view.head.acts.done.connect(self._acted)
        view.head.hold_wanted.connect(self._hold)

    def _reopen(self, reason: str) -> None:
        view = self._view
        if view.entry is None:
            return
        patch = view.entry.page.reopen(reason)
        if patch.refusal is not None:
            view.head.refuse(patch.refusal.text)
        elif view.entry.take(patch):
            view.focus_first()

    def _acted(self, saved: str) -> None:
        """All of the form may look otherwise."""
        view = self._view
        if view.entry is not None:
            view.show_form(view.entry.page)
            view.saved.emit(saved)
            view.status_changed.emit()
            view.focus_first()

    def _hold(self, act: str, reason: str) -> None:
        """Freeze, lock or open again; a refusal stands where the reason was asked for, or at the top."""
        view = self._view
        if view.entry is None:
            return
        patch = view.entry.page.hold(act, reason)
        if patch.refusal is not None and view.head.prompt is not None:
            view.head.refuse(patch.refusal.text)
        else:
            view.entry.take(patch)
