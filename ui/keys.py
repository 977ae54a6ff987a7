"""Which key was struck, whatever letter the keyboard's layout makes of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

# What X11 and Wayland add to the key's own number; Windows gives it as it is.
SCAN_CODE_OFFSETS = {"xcb": 8, "wayland": 8, "windows": 0}

# Where the keys lie: scan codes of set 1, which evdev counts alike, on a US keyboard. The key
# beside the left shift (0x56) is "<" wherever a keyboard has it.
_ROWS = ((0x02, "1234567890"), (0x10, "QWERTYUIOP"), (0x1E, "ASDFGHJKL"), (0x2C, "ZXCVBNM"))
POSITIONS = {first + place: letter for first, row in _ROWS for place, letter in enumerate(row)} | {
    0x56: "<"
}
SHIFTED_POSITIONS = {0x33: "<"}


def placed(event: QKeyEvent, platform: str = "") -> str:
    """The character that a US keyboard has where this key lies; "" where that is not known."""
    offset = SCAN_CODE_OFFSETS.get(platform or QGuiApplication.platformName())
    if offset is None or not event.nativeScanCode():
        return ""
    code = event.nativeScanCode() - offset
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and code in SHIFTED_POSITIONS:
        return SHIFTED_POSITIONS[code]
    return POSITIONS.get(code, "")


def struck(event: QKeyEvent) -> str:
    """The Latin letter or digit of a key pressed alone, in any layout; "" for other keys."""
    if event.modifiers() & ~(
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    ):
        return ""
    text = event.text().upper()
    return text if text.isascii() and text.isalnum() else placed(event)
