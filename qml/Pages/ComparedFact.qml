import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

// What two claims say to one question, and whether they agree.
//
//     ComparedFact { label: fact.label; here: fact.here; there: fact.there; same: fact.same; mark: fact.mark; isWide: page.hasRoom }
Item {
    id: fact

    required property string label
    required property string here
    required property string there
    required property bool same
    // "Agrees", "Differs" ...
    required property string mark
    property bool isWide: true
    property bool divider: true

    readonly property bool isKnown: here.length > 0 && there.length > 0

    Layout.fillWidth: true
    implicitHeight: grid.implicitHeight + 24
    Accessible.role: Accessible.Row
    Accessible.name: label + ": " + here + ", " + there + ". " + mark

    GridLayout {
        id: grid
        y: 12
        width: parent.width
        columns: fact.isWide ? 4 : 2
        columnSpacing: 16
        rowSpacing: 4

        AppText {
            Layout.fillWidth: true
            Layout.preferredWidth: 3
            Layout.columnSpan: fact.isWide ? 1 : 2
            Layout.alignment: Qt.AlignTop
            variant: "small"
            tone: "second"
            text: fact.label
            Accessible.ignored: true
        }
        AppText {
            Layout.fillWidth: true
            Layout.preferredWidth: 4
            Layout.alignment: Qt.AlignTop
            variant: fact.same ? "body" : "strong"
            tone: fact.here.length > 0 ? "ink" : "second"
            text: fact.here.length > 0 ? fact.here : qsTr("Not asked yet")
            Accessible.ignored: true
        }
        AppText {
            Layout.fillWidth: true
            Layout.preferredWidth: 4
            Layout.alignment: Qt.AlignTop
            variant: fact.same ? "body" : "strong"
            tone: fact.there.length > 0 ? "ink" : "second"
            text: fact.there.length > 0 ? fact.there : qsTr("Not asked yet")
            Accessible.ignored: true
        }
        Item {
            Layout.fillWidth: true
            Layout.preferredWidth: 2
            Layout.columnSpan: fact.isWide ? 1 : 2
            Layout.alignment: Qt.AlignTop
            implicitHeight: badge.implicitHeight

            Badge {
                id: badge
                width: Math.min(implicitWidth, parent.width)
                tone: fact.same ? "green" : fact.isKnown ? "amber" : "neutral"
                text: fact.mark
            }
        }
    }
    Divider {
        anchors.bottom: parent.bottom
        width: parent.width
        visible: fact.divider
    }
}
