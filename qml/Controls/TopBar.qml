import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Fieldclaim.Theme
import Fieldclaim.Controls

// The dark bar at the top of every screen: the product, where and who, and on the right the StatusStrip.
//
//     TopBar {
//         product: qsTr("Fieldclaim"); place: site.name; officer: officer.name; onHomePressed: app.openToday()
//         practice: app.isPractice ? qsTr("Practice: nothing leaves this tablet") : ""
//         StatusStrip { text: sync.sentence; tone: sync.tone }
//     }
Rectangle {
    id: bar

    default property alias strip: slot.data
    property string product: ""
    property string place: ""
    property string officer: ""
    // When given, a banner under the bar says that this is practice.
    property string practice: ""

    signal homePressed
    signal practicePressed

    readonly property bool isNarrow: home.implicitWidth + where.implicitWidth + slot.wanted + 96 > width

    implicitHeight: column.implicitHeight
    implicitWidth: 800
    Layout.fillWidth: true
    color: Theme.bar
    Accessible.role: Accessible.ToolBar
    Accessible.name: product

    ColumnLayout {
        id: column
        width: parent.width
        spacing: 0

        GridLayout {
            Layout.fillWidth: true
            Layout.minimumHeight: Theme.barHeight
            Layout.leftMargin: 24
            Layout.rightMargin: 24
            Layout.topMargin: bar.isNarrow ? 8 : 0
            Layout.bottomMargin: bar.isNarrow ? 8 : 0
            columns: bar.isNarrow ? 2 : 3
            columnSpacing: 12
            rowSpacing: 4

            T.Button {
                id: home
                objectName: "home"
                implicitWidth: implicitContentWidth + 16
                implicitHeight: Math.max(Theme.touchTarget, implicitContentHeight)
                Layout.leftMargin: -8
                horizontalPadding: 8
                text: bar.product
                focusPolicy: Qt.StrongFocus
                Accessible.role: Accessible.Button
                Accessible.name: bar.product
                Accessible.description: qsTr("Opens Today")
                Keys.onReturnPressed: home.clicked()
                Keys.onEnterPressed: home.clicked()
                onClicked: bar.homePressed()

                contentItem: AppText {
                    text: home.text
                    tone: "onBar"
                    variant: "section"
                    font.weight: Font.Bold
                    wrapMode: Text.NoWrap
                    verticalAlignment: Text.AlignVCenter
                    Accessible.ignored: true
                }
                background: Rectangle {
                    radius: Theme.radiusSmall
                    color: home.pressed ? Theme.barPressed : "transparent"

                    FocusRing {
                        shown: home.visualFocus
                        around: -4
                        radius: parent.radius
                        border.color: Theme.inkOnBar
                    }
                }
            }
            AppText {
                id: where
                Layout.fillWidth: true
                variant: "small"
                tone: "onBarSecond"
                text: Spoken.join([bar.place, bar.officer], " · ")
            }
            RowLayout {
                id: slot
                readonly property real wanted: children.length > 0 ? (children[0] as Item).implicitWidth : 0
                Layout.columnSpan: bar.isNarrow ? 2 : 1
                Layout.fillWidth: bar.isNarrow
                Layout.maximumWidth: bar.width - 48
                Layout.alignment: bar.isNarrow ? Qt.AlignLeft : Qt.AlignRight
            }
        }
        T.Button {
            id: practiceButton
            objectName: "practice"
            Layout.fillWidth: true
            implicitHeight: Math.max(Theme.touchTarget, practiceText.implicitHeight + 16)
            visible: bar.practice.length > 0
            text: bar.practice
            focusPolicy: Qt.StrongFocus
            Accessible.role: Accessible.Button
            Accessible.name: bar.practice
            Accessible.description: qsTr("Opens the tasks of practice")
            Keys.onReturnPressed: practiceButton.clicked()
            Keys.onEnterPressed: practiceButton.clicked()
            onClicked: bar.practicePressed()

            // Its text is measured from outside, so it is made at once.
            // qmllint disable deferred-property-id
            contentItem: AppText {
                id: practiceText
                variant: "smallStrong"
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                color: Theme.inkOnPractice
                text: bar.practice
                Accessible.ignored: true
            }
            background: Rectangle {
                color: Theme.practice

                FocusRing {
                    shown: practiceButton.visualFocus
                    around: -4
                    border.color: Theme.inkOnPractice
                }
            }
        }
    }
}
