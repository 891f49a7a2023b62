import QtQuick

// Every colour of the tablet, with the light scheme as its values. The other schemes are ColorSets with other values.
// Where a colour may be text on a ground it stands in `textPairs`, and tst_contrast measures it.
QtObject {
    id: set

    property color ground: "#f4f6f8"
    property color surface: "#ffffff"
    property color line: "#d3dae1"
    property color lineStrong: "#9aa8b5"
    property color controlLine: "#5b6a77"
    property color ink: "#0f1a24"
    property color inkSecond: "#44525f"
    property color neutralSoft: "#e8ecf0"

    property color blue: "#174ea6"
    property color bluePressed: "#0f3a80"
    property color blueSoft: "#e8f0fc"
    property color inkOnBlue: "#ffffff"
    property color green: "#0c6b3c"
    property color greenSoft: "#e4f4ea"
    property color inkOnGreen: "#ffffff"
    property color amber: "#7a4f00"
    property color amberSoft: "#fff3d4"
    property color red: "#a8201a"
    property color redPressed: "#7f1612"
    property color redSoft: "#fde9e7"
    property color inkOnRed: "#ffffff"

    property color focus: "#174ea6"
    property color scrim: "#990f1a24"
    property color track: "#dfe4ea"

    property color bar: "#0f1a24"
    property color barRaised: "#1f2b37"
    property color barPressed: "#2f3d4a"
    property color inkOnBar: "#ffffff"
    property color inkOnBarSecond: "#b9c5cf"
    property color barGreen: "#3cc07b"
    property color barAmber: "#f2b632"
    property color barRed: "#ff8a80"
    property color barBlue: "#8ab4ff"
    property color practice: "#ffd76a"
    property color inkOnPractice: "#0f1a24"

    readonly property list<TextPair> textPairs: [
        TextPair { name: "ink on ground"; text: set.ink; ground: set.ground; minimum: 7 },
        TextPair { name: "ink on surface"; text: set.ink; ground: set.surface; minimum: 7 },
        TextPair { name: "second ink on ground"; text: set.inkSecond; ground: set.ground; minimum: 7 },
        TextPair { name: "second ink on surface"; text: set.inkSecond; ground: set.surface; minimum: 7 },
        TextPair { name: "ink on soft blue"; text: set.ink; ground: set.blueSoft; minimum: 7 },
        TextPair { name: "second ink on soft blue"; text: set.inkSecond; ground: set.blueSoft },
        TextPair { name: "ink on soft green"; text: set.ink; ground: set.greenSoft; minimum: 7 },
        TextPair { name: "ink on soft amber"; text: set.ink; ground: set.amberSoft; minimum: 7 },
        TextPair { name: "ink on soft red"; text: set.ink; ground: set.redSoft; minimum: 7 },
        TextPair { name: "second ink on neutral"; text: set.inkSecond; ground: set.neutralSoft },
        TextPair { name: "ink on neutral"; text: set.ink; ground: set.neutralSoft; minimum: 7 },
        TextPair { name: "blue on ground"; text: set.blue; ground: set.ground },
        TextPair { name: "blue on surface"; text: set.blue; ground: set.surface },
        TextPair { name: "blue on soft blue"; text: set.blue; ground: set.blueSoft },
        TextPair { name: "blue on soft amber"; text: set.blue; ground: set.amberSoft },
        TextPair { name: "blue on soft red"; text: set.blue; ground: set.redSoft },
        TextPair { name: "blue on soft green"; text: set.blue; ground: set.greenSoft },
        TextPair { name: "pressed blue on ground"; text: set.bluePressed; ground: set.ground },
        TextPair { name: "on blue"; text: set.inkOnBlue; ground: set.blue },
        TextPair { name: "on pressed blue"; text: set.inkOnBlue; ground: set.bluePressed },
        TextPair { name: "green on ground"; text: set.green; ground: set.ground },
        TextPair { name: "green on surface"; text: set.green; ground: set.surface },
        TextPair { name: "green on soft green"; text: set.green; ground: set.greenSoft },
        TextPair { name: "on green"; text: set.inkOnGreen; ground: set.green },
        TextPair { name: "amber on ground"; text: set.amber; ground: set.ground },
        TextPair { name: "amber on surface"; text: set.amber; ground: set.surface },
        TextPair { name: "amber on soft amber"; text: set.amber; ground: set.amberSoft },
        TextPair { name: "red on ground"; text: set.red; ground: set.ground },
        TextPair { name: "red on surface"; text: set.red; ground: set.surface },
        TextPair { name: "red on soft red"; text: set.red; ground: set.redSoft },
        TextPair { name: "on red"; text: set.inkOnRed; ground: set.red },
        TextPair { name: "on pressed red"; text: set.inkOnRed; ground: set.redPressed },
        TextPair { name: "on bar"; text: set.inkOnBar; ground: set.bar; minimum: 7 },
        TextPair { name: "second on bar"; text: set.inkOnBarSecond; ground: set.bar; minimum: 7 },
        TextPair { name: "on raised bar"; text: set.inkOnBar; ground: set.barRaised; minimum: 7 },
        TextPair { name: "on pressed bar"; text: set.inkOnBar; ground: set.barPressed; minimum: 7 },
        TextPair { name: "on practice banner"; text: set.inkOnPractice; ground: set.practice; minimum: 7 }
    ]

    // What is not text but must be seen: the edges of fields, marks and the focus ring (WCAG 1.4.11: 3:1).
    readonly property list<TextPair> markPairs: [
        TextPair { name: "control line on ground"; text: set.controlLine; ground: set.ground; minimum: 3 },
        TextPair { name: "control line on surface"; text: set.controlLine; ground: set.surface; minimum: 3 },
        TextPair { name: "focus ring on ground"; text: set.focus; ground: set.ground; minimum: 3 },
        TextPair { name: "focus ring on surface"; text: set.focus; ground: set.surface; minimum: 3 },
        TextPair { name: "bar focus ring on bar"; text: set.inkOnBar; ground: set.bar; minimum: 3 },
        TextPair { name: "progress on its track"; text: set.blue; ground: set.track; minimum: 3 },
        TextPair { name: "green mark on raised bar"; text: set.barGreen; ground: set.barRaised; minimum: 3 },
        TextPair { name: "amber mark on raised bar"; text: set.barAmber; ground: set.barRaised; minimum: 3 },
        TextPair { name: "red mark on raised bar"; text: set.barRed; ground: set.barRaised; minimum: 3 },
        TextPair { name: "blue mark on raised bar"; text: set.barBlue; ground: set.barRaised; minimum: 3 }
    ]
}
