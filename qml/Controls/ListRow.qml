import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Fieldclaim.Theme
import Fieldclaim.Controls

// A row of a list: a time or mark, a name with its badge, a line under it, and what it has on the right.
//
//     ListRow {
//         leading: "09:30"; text: visit.name; detail: visit.benefits; tag: qsTr("Urgent"); tagTone: "red"; onClicked: app.open(visit.claim)
//         Badge { tone: "amber"; text: qsTr("3 questions to go") }
//     }
//
// What is put inside stands on the right, one below the other where it is much, or below where there is no room. `pressable: false` makes it a plain row.
T.ItemDelegate {
    id: row

    default property alias trailing: side.data
    property string leading: ""
    property string leadingIcon: ""
    property string leadingIconTone: "neutral"
    property string detail: ""
    property string tag: ""
    property string tagTone: "neutral"
    // Read by a screen reader in place of what can be seen, when given.
    property string spokenText: ""
    property bool pressable: true
    property bool current: false
    property bool divider: true
    property bool chevron: false
    // Where what is put inside begins, so that the rows of a table line up; 0 sets it to the right.
    property real leadWidth: 0

    readonly property bool isCramped: width < Math.max(520, leadWidth * 2) * Math.sqrt(Theme.scale)
    // What is put inside, side by side.
    readonly property real sideWidth: {
        let sum = 0;
        for (let i = 0; i < side.visibleChildren.length; ++i)
            sum += side.visibleChildren[i].implicitWidth + side.columnSpacing;
        return sum;
    }
    readonly property bool isStacked: isCramped || leadWidth === 0 && sideWidth > width * 0.6

    implicitWidth: 320
    implicitHeight: Math.max(Theme.rowHeight, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: 20
    rightPadding: 20
    topPadding: 10
    bottomPadding: 10
    hoverEnabled: false
    focusPolicy: pressable ? Qt.StrongFocus : Qt.NoFocus
    Layout.fillWidth: true
    Accessible.role: Accessible.ListItem
    Accessible.name: spokenText.length > 0 ? spokenText : Spoken.join([leading, text, tag, detail])
    Keys.onReturnPressed: if (row.pressable) row.clicked()
    Keys.onEnterPressed: if (row.pressable) row.clicked()

    // Its parts are measured from outside, so it is made at once.
    // qmllint disable deferred-property-id
    contentItem: GridLayout {
        columns: row.isCramped ? 1 : 2
        columnSpacing: 16
        rowSpacing: 8

        RowLayout {
            Layout.fillWidth: row.isCramped || row.leadWidth === 0
            Layout.preferredWidth: row.isCramped || row.leadWidth === 0 ? -1 : row.leadWidth
            spacing: row.leading.length > 0 ? 20 : 14

            AppText {
                Layout.minimumWidth: Theme.px(60)
                visible: row.leading.length > 0
                variant: "strong"
                text: row.leading
                Accessible.ignored: true
            }
            SvgIcon {
                Layout.alignment: Qt.AlignVCenter
                implicitWidth: Theme.px(24)
                implicitHeight: Theme.px(24)
                visible: row.leadingIcon.length > 0
                name: row.leadingIcon
                color: Theme.toneColor(row.leadingIconTone)
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 2

                Flow {
                    Layout.fillWidth: true
                    spacing: 8

                    AppText {
                        width: Math.min(implicitWidth, parent.width)
                        height: Math.max(implicitHeight, Theme.px(28))
                        verticalAlignment: Text.AlignVCenter
                        variant: "strong"
                        text: row.text
                        Accessible.ignored: true
                    }
                    Badge {
                        tone: row.tagTone
                        text: row.tag
                    }
                }
                AppText {
                    Layout.fillWidth: true
                    visible: text.length > 0
                    variant: "small"
                    tone: "second"
                    text: row.detail
                    Accessible.ignored: true
                }
            }
        }
        RowLayout {
            Layout.fillWidth: row.isCramped || row.leadWidth > 0
            Layout.maximumWidth: row.isCramped || row.leadWidth > 0 ? row.width : row.width * 0.7
            Layout.leftMargin: row.isCramped && row.leading.length > 0 ? Theme.px(60) + 20 : 0
            visible: side.visibleChildren.length > 0 || row.chevron
            spacing: 12

            GridLayout {
                id: side
                Layout.fillWidth: true
                columns: row.isStacked ? 1 : 16
                columnSpacing: 12
                rowSpacing: 6
            }
            SvgIcon {
                implicitWidth: Theme.px(22)
                implicitHeight: Theme.px(22)
                visible: row.chevron
                name: "chevron-right"
                color: Theme.inkSecond
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusLarge - 1
        color: row.pressable && row.pressed || row.current ? Theme.blueSoft : "transparent"

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.lineWidth
            visible: row.divider
            color: Theme.line
        }
        FocusRing {
            shown: row.visualFocus
            around: -7
            radius: Theme.radiusMedium
        }
    }
}
