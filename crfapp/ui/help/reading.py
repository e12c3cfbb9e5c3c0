"""A page of help as it is read: Markdown in the type of the window, with the program's own signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from crfapp.present.texts import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE
from crfapp.ui.icons import STATUS_TOKENS, pixmap
from crfapp.ui.theme import current, font
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock

_SIGN, _PAGE = "sign", "help"


class HelpText(QTextBrowser):
    """One page. ``turned`` carries the page that a link leads to: ``[Queries](help:queries)``.

    ``![complete](sign:complete)`` is the icon of this program, in the colour that it has elsewhere.
    """

    turned = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        give_slim_bars(self)
        self.anchorClicked.connect(self._follow)
        self.document().setDocumentMargin(0)

    def show_text(self, markdown: str, *, right: bool = False) -> None:
        """Show a page from its beginning; ``right``: its language reads from the right."""
        self.document().setDefaultFont(font("base"))
        self.document().setIndentWidth(current().pad)
        self.setMarkdown(_keys_apart(markdown) if right else markdown)
        block = self.document().begin()
        while block.isValid():
            self._dress(block, right=right)
            block = block.next()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802  # the name is Qt's
        """The signs."""
        url = QUrl(name)
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == _SIGN:
            tokens, sign = current(), url.path()
            tone = tokens.colour(STATUS_TOKENS.get(sign, "text"))
            return pixmap(sign, tone, tokens.icon, self.devicePixelRatioF())
        return None

    def _dress(self, block: QTextBlock, *, right: bool) -> None:
        """Sizes and room of the tokens, instead of those of a browser."""
        tokens, cursor = current(), QTextCursor(block)
        shape = QTextBlockFormat(block.blockFormat())
        head = shape.headingLevel()
        shape.setTopMargin(tokens.room if head else 0)
        shape.setBottomMargin(tokens.hair if head or block.textList() is not None else tokens.gap)
        sides = Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
        shape.setLayoutDirection(sides)
        cursor.setBlockFormat(shape)
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        if head:
            letters = QTextCharFormat()
            letters.setFont(font("base", 600))
            letters.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
            cursor.mergeCharFormat(letters)
            return
        self._dress_pieces(block)

    def _dress_pieces(self, block: QTextBlock) -> None:
        """Keys, names of buttons and signs, in the one face of the window and without its missing slant."""
        found, pieces = [], block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            letters = _letters(piece.charFormat())
            if letters is not None:
                found.append((piece.position(), piece.length(), letters))
            pieces += 1
        for start, length, letters in found:
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(letters)

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == _PAGE:
            self.turned.emit(link.path())


def _letters(written: QTextCharFormat) -> QTextCharFormat | None:
    """How a piece is set that Markdown marks as a key, a sign, a button or strong; None for plain words."""
    letters = QTextCharFormat()
    if written.isImageFormat():
        letters.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    elif written.fontFixedPitch():
        letters.setFont(font("small", 600))
        letters.setFontFixedPitch(False)
        letters.setBackground(QColor(current().ground))
    elif written.fontItalic():
        letters.setFont(font("base", 500))
    elif written.fontWeight() > QFont.Weight.DemiBold:
        letters.setFont(font("base", 600))
    else:
        return None
    return letters


def _keys_apart(markdown: str) -> str:
    """Names of keys keep their own direction inside Arabic words."""
    parts = markdown.split("`")
    odd = [f"{LEFT_TO_RIGHT_ISOLATE}{part}{POP_ISOLATE}" for part in parts[1::2]]
    parts[1::2] = odd
    return "`".join(parts)
