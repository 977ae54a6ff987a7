"""How the program looks: colours, type, spacing, icons, and the parts that screens are made of."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache
from string import Template

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyleFactory,
    QVBoxLayout,
    QWidget,
)

from checkpoint_client.settings import resource

FONT = "Noto Sans"
MONO = "Noto Sans Mono"
FONT_POINTS = 10.5

# Distances between things, in pixels: within a group, between groups, around a screen.
TIGHT = 4
NEAR = 8
GAP = 16
WIDE = 24


class Tone(StrEnum):
    """What a thing on the screen means. It always comes with an icon or words."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    OK = "ok"
    ATTENTION = "attention"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One theme's colours. Text of a tone stands on its fill, on a card and on the window."""

    window: str
    card: str
    field: str
    stripe: str
    border: str
    edge: str
    text: str
    quiet: str
    focus: str
    accent: str
    on_accent: str
    accent_fill: str
    neutral: str
    neutral_fill: str
    ok: str
    ok_fill: str
    attention: str
    attention_fill: str
    alarm: str
    alarm_fill: str
    rail: str
    rail_text: str
    rail_strong: str
    rail_chosen: str
    rail_accent: str

    def tone(self, tone: Tone) -> str:
        return str(getattr(self, tone.value))

    def fill(self, tone: Tone) -> str:
        return str(getattr(self, f"{tone.value}_fill"))


LIGHT = Colours(
    window="#f3f5f8",
    card="#ffffff",
    field="#ffffff",
    stripe="#f8fafc",
    border="#dce2e9",
    edge="#818c99",
    text="#16202c",
    quiet="#55616f",
    focus="#0b3d75",
    accent="#0b5cad",
    on_accent="#ffffff",
    accent_fill="#e3eefa",
    neutral="#45505d",
    neutral_fill="#e9edf2",
    ok="#17663a",
    ok_fill="#e2f3e8",
    attention="#7d4a00",
    attention_fill="#fdf0d8",
    alarm="#ab221b",
    alarm_fill="#fce7e5",
    rail="#13263b",
    rail_text="#c6d3e1",
    rail_strong="#ffffff",
    rail_chosen="#21405f",
    rail_accent="#6cb2ff",
)

DARK = Colours(
    window="#14181d",
    card="#1d232a",
    field="#171c22",
    stripe="#20272f",
    border="#333d48",
    edge="#74808e",
    text="#e8ecf1",
    quiet="#a7b2bf",
    focus="#b9dbff",
    accent="#6cb2ff",
    on_accent="#0a1622",
    accent_fill="#1b3450",
    neutral="#b9c3ce",
    neutral_fill="#2b333d",
    ok="#74d19b",
    ok_fill="#16321f",
    attention="#f3bd57",
    attention_fill="#3a2c10",
    alarm="#ff958d",
    alarm_fill="#451c1b",
    rail="#0e141b",
    rail_text="#b4c1cf",
    rail_strong="#ffffff",
    rail_chosen="#1c3148",
    rail_accent="#6cb2ff",
)

THEMES = {"light": LIGHT, "dark": DARK}


def apply(application: QApplication, *, theme: str = "light", font_percent: int = 100) -> None:
    """Dress the whole application; may be called again when officer or light change."""
    colours = THEMES[theme]
    if style := QStyleFactory.create("Fusion"):
        application.setStyle(style)
    _load_fonts()
    points = FONT_POINTS * font_percent / 100
    font = QFont(FONT)
    font.setPointSizeF(points)
    application.setFont(font)
    application.setPalette(palette_of(colours))
    application.setStyleSheet(_style_sheet(colours, points))


def palette_of(colours: Colours) -> QPalette:
    """Qt's palette in a theme's colours, for all that the style sheet does not name."""
    role = QPalette.ColorRole
    palette = QPalette()
    for each, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.field,
        role.AlternateBase: colours.stripe,
        role.Text: colours.text,
        role.PlaceholderText: colours.quiet,
        role.Button: colours.card,
        role.ButtonText: colours.text,
        role.BrightText: colours.alarm,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.ToolTipBase: colours.card,
        role.ToolTipText: colours.text,
        role.Mid: colours.border,
        role.Dark: colours.edge,
    }.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colours.quiet))
    return palette


def colours_of(widget: QWidget) -> Colours:
    """The colours of the theme that a widget is dressed in."""
    # A style sheet's background becomes a button's own window colour: ask its window's instead.
    window = widget.window().palette().color(QPalette.ColorRole.Window)
    return LIGHT if window.lightness() > 127 else DARK


def icon(name: str, colour: str, size: int = 24) -> QIcon:
    """An icon of resources/icons in one colour; sharp on screens of double density too."""
    return QIcon(pixmap(name, colour, size))


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, density: float = 2.0) -> QPixmap:
    drawing = QSvgRenderer(QByteArray(resource("icons", f"{name}.svg").read_bytes()))
    picture = QPixmap(QSize(round(size * density), round(size * density)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(picture.rect()))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), QColor(colour))
    painter.end()
    picture.setDevicePixelRatio(density)
    return picture


def logo(size: int) -> QPixmap:
    """The program's own mark, in its own colours."""
    return QIcon(str(resource("icons", "checkpoint-client.svg"))).pixmap(QSize(size, size))


def mono(widget: QWidget) -> None:
    """Write a widget's text in letters of one width, at the size of the rest."""
    font = QFont(widget.font())
    font.setFamilies([MONO, "monospace"])
    font.setStyleHint(QFont.StyleHint.Monospace)
    widget.setFont(font)


def mark(widget: QWidget, **properties: str) -> None:
    """Give a widget what the style sheet looks at (role, tone, wrong) and dress it anew."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Text(QLabel):
    """Words of one role. They wrap, and can be copied where they are long."""

    def __init__(self, text: str = "", *, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        if role:
            self.setProperty("role", role)

    def say(self, text: str, tone: Tone | None = None) -> None:
        """Show `text`; with a tone in its colour."""
        self.setText(text)
        if tone:
            mark(self, tone=tone.value)


class ScreenTitle(Text):
    def __init__(self, text: str = "") -> None:
        super().__init__(text, role="title")


class SectionTitle(Text):
    """The heading of a card or a group of fields."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text, role="section")


class Quiet(Text):
    """Words of lesser weight: explanations, times, origins."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text, role="quiet")


class KeyHint(QLabel):
    """The cap of a key, such as F9, beside what it does."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self.setProperty("role", "key")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Icon(QLabel):
    """A picture as high as the text beside it, in the colour of its tone."""

    def __init__(self, name: str, tone: Tone = Tone.NEUTRAL, *, scale: float = 1.25) -> None:
        super().__init__()
        self._name = name
        self._tone = tone
        self._scale = scale
        self._draw()

    def show_icon(self, name: str, tone: Tone) -> None:
        self._name = name
        self._tone = tone
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._draw()

    def _draw(self) -> None:
        size = round(self.fontMetrics().ascent() * self._scale)
        self.setPixmap(pixmap(self._name, colours_of(self).tone(self._tone), size))
        self.setFixedSize(size, size)


class Card(QFrame):
    """A surface that holds what belongs together. Add parts to `body`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.title = SectionTitle(title)
        if not title:
            self.title.hide()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(GAP, GAP, GAP, GAP)
        self.body.setSpacing(NEAR)
        self.body.addWidget(self.title)


ICONS = {
    Tone.NEUTRAL: "info",
    Tone.ACCENT: "info",
    Tone.OK: "check",
    Tone.ATTENTION: "warning",
    Tone.ALARM: "stop",
}


class Chip(QFrame):
    """A state in a word or two: icon, words, and a colour that only repeats them."""

    def __init__(
        self,
        text: str = "",
        tone: Tone = Tone.NEUTRAL,
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "chip")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.icon = Icon("info")
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(NEAR, TIGHT, NEAR, TIGHT)
        row.setSpacing(NEAR - 2)
        row.addWidget(self.icon)
        row.addWidget(self.words)
        self.show_state(text, tone, icon=icon)

    def show_state(self, text: str, tone: Tone, *, icon: str = "") -> None:
        self.words.setText(text)
        self.setAccessibleName(text)
        self.icon.show_icon(icon or ICONS[tone], tone)
        mark(self, tone=tone.value)
        mark(self.words, tone=tone.value)


class Banner(Chip):
    """A state that takes the whole width, on as many lines as its words need."""

    def __init__(self, text: str = "", tone: Tone = Tone.NEUTRAL, *, icon: str = "") -> None:
        super().__init__(text, tone, icon=icon)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)


class KeyButton(QPushButton):
    """A large button that shows its key, and is pressed by it wherever the cursor stands."""

    def __init__(
        self, text: str, key: str = "", tone: Tone = Tone.NEUTRAL, *, icon: str = ""
    ) -> None:
        super().__init__(text)
        self.key = key
        self._icon = icon
        self._tone = tone
        self._hint = KeyHint(key, self)
        self._hint.setVisible(bool(key))
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(text.replace("&", ""))
        self.setAutoDefault(True)
        if key:
            self.setShortcut(key)
            self.setProperty("keyed", "true")
        if tone is not Tone.NEUTRAL:
            self.setProperty("tone", tone.value)
        self._draw()

    def event(self, event: QEvent) -> bool:
        """The key acts at once; Qt would show the button pressed for a tenth of a second first."""
        if event.type() == QEvent.Type.Shortcut and self.isEnabled():
            self.click()
            return True
        return super().event(event)

    def setText(self, text: str) -> None:
        """Qt takes the key away with every new text; it stays."""
        super().setText(text)
        if self.key:
            self.setShortcut(self.key)

    def show_tone(self, tone: Tone) -> None:
        """Give the button another weight, icon included."""
        self._tone = tone
        mark(self, tone=tone.value)
        self._draw()

    def icon_colour(self) -> str:
        colours = colours_of(self)
        if not self.isEnabled():
            return colours.quiet
        return colours.on_accent if self._tone is Tone.ACCENT else colours.tone(self._tone)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._hint.isHidden():
            return hint
        return hint + QSize(self._hint.sizeHint().width() + GAP, 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._hint.sizeHint()
        left = self.width() - size.width() - NEAR
        self._hint.setGeometry(
            left, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (
            QEvent.Type.FontChange,
            QEvent.Type.PaletteChange,
            QEvent.Type.EnabledChange,
        ):
            self._draw()

    def _draw(self) -> None:
        if not self._icon:
            return
        size = round(self.fontMetrics().ascent() * 1.3)
        self.setIcon(icon(self._icon, self.icon_colour(), size))
        self.setIconSize(QSize(size, size))


def row(*parts: QWidget, stretch: QWidget | None = None) -> QHBoxLayout:
    """Parts beside each other; `stretch` takes what is left, else the end stays empty."""
    laid = QHBoxLayout()
    laid.setSpacing(NEAR)
    for part in parts:
        laid.addWidget(part, 1 if part is stretch else 0)
    if stretch is None:
        laid.addStretch(1)
    return laid


def centred(part: QWidget) -> QHBoxLayout:
    """A part in the middle. An alignment would count its lines as if it had all the width."""
    laid = QHBoxLayout()
    laid.addStretch(1)
    laid.addWidget(part)
    laid.addStretch(1)
    return laid


def contrast(one: str, other: str) -> float:
    """How well one colour reads on another: 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    drawn = QColor(colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (drawn.redF(), drawn.greenF(), drawn.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _style_sheet(colours: Colours, points: float) -> str:
    sheet = Template(resource("style", "checkpoint.qss").read_text(encoding="utf-8"))
    sizes = {
        "small": f"{points * 0.88:.2f}",
        "title": f"{points * 1.4:.2f}",
        "display": f"{points * 2:.2f}",
    }
    tick = "white" if colours is LIGHT else "black"
    style = resource("style").as_posix()
    return sheet.substitute(asdict(colours), style=style, tick=tick, **sizes)


@lru_cache(maxsize=1)
def _load_fonts() -> None:
    for file in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
