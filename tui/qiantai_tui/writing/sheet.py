"""A rehearsal in hand: its text as it is written now, what that was before, and how far it is saved."""

from __future__ import annotations

from attrs import define, field

from .shelf import Sheet, draft, drop_draft, keep_draft, read, save

_MOST = 200
"""Edits that can be undone."""


@define
class Work:
    """A file that is being edited. Every change can be undone, and is kept beside the file until it is saved."""

    sheet: Sheet
    text: str = field(init=False)
    put_back: bool = field(init=False, default=False)
    """Whether something that was not saved last time has been put back."""
    outdated: bool = field(init=False, default=False)
    """Whether that began from another version than the one there is now."""
    _before: list[str] = field(factory=list[str])

    def __attrs_post_init__(self) -> None:
        kept = draft(self.sheet.file)
        self.text = self.sheet.text
        if kept is not None and kept[0] != self.text:
            self.text, self.put_back = kept[0], True
            self.outdated = kept[1] != self.sheet.mark
            self._before.append(self.sheet.text)

    @property
    def unsaved(self) -> bool:
        """Whether it is otherwise than on the disk."""
        return self.text != self.sheet.text

    def write(self, text: str, *, one_edit: bool = True) -> None:
        """Another text; with `one_edit` the one before can be come back to."""
        if text == self.text:
            return
        if one_edit:
            self.mark()
        self.text = text

    def mark(self) -> None:
        """What is written now can be come back to."""
        if not self._before or self._before[-1] != self.text:
            self._before = [*self._before[-_MOST:], self.text]

    def undo(self) -> bool:
        """Back to the text before the last edit; False where there is none."""
        while self._before:
            before = self._before.pop()
            if before != self.text:
                self.text = before
                return True
        return False

    def keep(self) -> None:
        """Keeps what is not saved yet, so that it outlives the program."""
        if self.unsaved:
            keep_draft(self.sheet, self.text)
        else:
            drop_draft(self.sheet.file)

    def save(self) -> None:
        """Puts it on the disk. Raises `SiteError` where it cannot be, and then it is as it was."""
        self.sheet = save(self.sheet, self.text)
        drop_draft(self.sheet.file)

    def drop(self) -> None:
        """Lets go of what is not saved."""
        self.text = self.sheet.text
        drop_draft(self.sheet.file)

    def reload(self) -> None:
        """Takes the file as it is now; what was written here can be come back to. Raises `SiteError`."""
        self.sheet = read(self.sheet.file)
        self.write(self.sheet.text)
        drop_draft(self.sheet.file)
