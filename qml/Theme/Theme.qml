pragma Singleton
import QtQuick

// The one place that knows colours, sizes and type. The app sets `scheme`, `textScale` and `reduceMotion` from the
// officer's settings; everything else follows. Sizes of text grow with textScale, spacing does not.
//
//     Rectangle { color: Theme.surface; radius: Theme.radiusLarge; border.color: Theme.line }
//     Text { color: Theme.ink; font.family: Theme.fontFamily; font.pixelSize: Theme.bodySize }
QtObject {
    id: theme

    // "light", "dark" or "highContrast"; anything else reads as light.
    property string scheme: "light"
    // What the officer chose, 1 to 2; `scale` is what is used.
    property real textScale: 1
    property bool reduceMotion: false
    // The last thing pressed was a key: what has the focus shows it, however the focus came there.
    property bool keyboard: false

    readonly property real scale: Math.max(1, Math.min(2, textScale))
    readonly property ColorSet light: ColorSet {}
    readonly property ColorSet dark: DarkColorSet {}
    readonly property ColorSet highContrast: HighContrastColorSet {}
    readonly property ColorSet colors: scheme === "dark" ? dark : scheme === "highContrast" ? highContrast : light
    readonly property bool isHighContrast: colors === highContrast

    readonly property color ground: colors.ground
    readonly property color surface: colors.surface
    readonly property color line: colors.line
    readonly property color lineStrong: colors.lineStrong
    readonly property color controlLine: colors.controlLine
    readonly property color ink: colors.ink
    readonly property color inkSecond: colors.inkSecond
    readonly property color neutralSoft: colors.neutralSoft
    readonly property color blue: colors.blue
    readonly property color bluePressed: colors.bluePressed
    readonly property color blueSoft: colors.blueSoft
    readonly property color inkOnBlue: colors.inkOnBlue
    readonly property color green: colors.green
    readonly property color greenSoft: colors.greenSoft
    readonly property color inkOnGreen: colors.inkOnGreen
    readonly property color amber: colors.amber
    readonly property color amberSoft: colors.amberSoft
    readonly property color red: colors.red
    readonly property color redPressed: colors.redPressed
    readonly property color redSoft: colors.redSoft
    readonly property color inkOnRed: colors.inkOnRed
    readonly property color focus: colors.focus
    readonly property color scrim: colors.scrim
    readonly property color track: colors.track
    readonly property color bar: colors.bar
    readonly property color barRaised: colors.barRaised
    readonly property color barPressed: colors.barPressed
    readonly property color inkOnBar: colors.inkOnBar
    readonly property color inkOnBarSecond: colors.inkOnBarSecond
    readonly property color practice: colors.practice
    readonly property color inkOnPractice: colors.inkOnPractice

    readonly property string fontFamily: hasFont("Inter") ? "Inter" : "Noto Sans"
    readonly property string codeFamily: hasFont("DejaVu Sans Mono") ? "DejaVu Sans Mono" : "monospace"
    readonly property int titleSize: px(32)
    readonly property int questionSize: px(28)
    readonly property int sectionSize: px(20)
    readonly property int bodySize: px(18)
    readonly property int smallSize: px(16)
    readonly property int badgeSize: px(15)

    readonly property int radiusSmall: 6
    readonly property int radiusMedium: 10
    readonly property int radiusLarge: 12

    // Least heights: a control grows with its text.
    readonly property int touchTarget: 48
    readonly property int optionHeight: 60
    readonly property int buttonHeight: 56
    readonly property int fieldHeight: 56
    readonly property int rowHeight: 76
    readonly property int listRowHeight: 48
    readonly property int barHeight: 64
    readonly property int paneWidth: Math.round(348 * Math.min(1.25, scale))
    // From here on a page has two panes; larger text needs more room for them.
    readonly property int twoPaneWidth: Math.round(900 * (1 + (scale - 1) / 2))
    // The longest line that reads well.
    readonly property int measure: Math.round(620 * (1 + (scale - 1) * 0.6))

    readonly property int focusWidth: isHighContrast ? 4 : 3
    readonly property int lineWidth: isHighContrast ? 2 : 1
    readonly property int shortMotion: reduceMotion ? 0 : 120

    // Spacing goes in fours.
    function space(fours: real): real {
        return fours * 4;
    }

    function hasFont(family: string): bool {
        const families = Array.from(Qt.fontFamilies());
        return families.includes(family);
    }

    function px(size: real): int {
        return Math.round(size * scale);
    }

    // The strong and the soft colour of a tone: neutral, blue, green, amber, red.
    function toneColor(tone: string): color {
        return tone === "blue" ? blue : tone === "green" ? green : tone === "amber" ? amber : tone === "red" ? red : inkSecond;
    }

    function toneSoft(tone: string): color {
        return tone === "blue" ? blueSoft : tone === "green" ? greenSoft : tone === "amber" ? amberSoft : tone === "red" ? redSoft : neutralSoft;
    }

    function toneOnBar(tone: string): color {
        return tone === "blue" ? colors.barBlue : tone === "green" ? colors.barGreen : tone === "amber" ? colors.barAmber : tone === "red" ? colors.barRed : inkOnBarSecond;
    }

    // The icon that says a tone without colour.
    function toneIcon(tone: string): string {
        return tone === "blue" ? "info" : tone === "green" ? "check" : tone === "amber" ? "alert" : tone === "red" ? "stop" : "dot";
    }
}
