"""The backups of a site: how old the last good one is, where it lies, and why the last try failed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from qiantai.periods import ZONE
from qiantai.store import local_day
from qiantai.words import Bilingual

from ..backups.making import same_disk, shelf_folder
from ..backups.record import Record, read_record
from ..sites.files import MARK
from ..sites.site import Settings
from .finding import Finding, attention, fine, not_asked

BACKUP = Bilingual("备份", "Backup")
OLDEST = timedelta(days=1)


def about_backups(folder: Path, settings: Settings, today: date) -> Finding:
    """Whether the last backup is good, of yesterday at the latest, and on another disk than the data [M-3.4b]."""
    if (folder / MARK).is_file():
        return not_asked("backup", BACKUP, _DEMO)
    record, where = read_record(folder), shelf_folder(folder, settings)
    good = record.good
    if record.failed is not None:
        return attention("backup", BACKUP, _last(record, record.why), _DO_IT)
    if good is None:
        return attention("backup", BACKUP, _NONE, _DO_IT)
    if not Path(good.file).is_file():
        return attention("backup", BACKUP, _GONE.format(file=good.file), _DO_IT)
    if today - local_day(good.fresh) > OLDEST:
        return attention("backup", BACKUP, _last(record, _OLD), _DO_IT)
    if good.breaks:
        return attention("backup", BACKUP, _BROKEN.format(n=good.breaks), _VERIFY)
    if same_disk(folder, where):
        return attention("backup", BACKUP, _last(record, _SAME_DISK), _OTHER_DISK)
    return fine("backup", BACKUP, _last(record, _FRESH))


def _last(record: Record, said: Bilingual) -> Bilingual:
    good = record.good
    if good is None:
        return Bilingual(f"{said.zh}\n{_NONE.zh}", f"{said.en}\n{_NONE.en}")
    at = f"{good.at.astimezone(ZONE):%Y-%m-%d %H:%M}"
    return Bilingual(f"{said.zh}\n{at} {good.file}", f"{said.en}\n{at} {good.file}")


_DEMO = Bilingual("演示小区不备份", "the demo estate has none")
_NONE = Bilingual("还没有一份备份", "there is no backup yet")
_DO_IT = Bilingual("运行 qiantai backup(打开前台也会自动备份)", "qiantai backup; an open desk makes one by itself too")
_GONE = Bilingual("上一份备份不在原处:{file}", "the last backup is not where it was: {file}")
_OLD = Bilingual("上一份备份超过一天了", "the last backup is older than a day")
_BROKEN = Bilingual("{n} 件事项与封印不符,旧的备份都留着", "{n} cases are not what was sealed; no older backup went")
_VERIFY = Bilingual("qiantai verify", "qiantai verify")
_SAME_DISK = Bilingual(
    "有,但与数据在同一个盘上:盘坏了两样都没有", "there is one, on the disk that the data is on: both would go with it"
)
_OTHER_DISK = Bilingual(
    '在小区的 settings.toml 里设 backup_to = "另一个盘上的文件夹"',
    'set backup_to = "a folder on another disk" in the site\'s settings.toml',
)
_FRESH = Bilingual("有,已读回核对", "there is one, and it was read back")
