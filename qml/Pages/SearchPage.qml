pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// Finds a claim on this tablet as one types.
PageScaffold {
    id: page

    required property TabletSession session
    required property TodayViewModel today

    objectName: "page.search"
    contentMaximumWidth: 860
    spacing: 16
    Component.onCompleted: Qt.callLater(field.forceActiveFocus)

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }

    PageHeader {
        title: qsTr("Search")
        subtitle: qsTr("Claims on this tablet. No network is needed.")

        SecondaryButton {
            objectName: "button.back"
            text: qsTr("Back")
            onClicked: page.session.goBack()
        }
    }
    SearchField {
        id: field
        objectName: "search"
        Layout.fillWidth: true
        label: qsTr("Search claims")
        placeholder: qsTr("Name, NI number or claim number")
        text: page.today.search
        onSearched: text => page.today.search = text
    }
    AppText {
        objectName: "searchSummary"
        Layout.fillWidth: true
        variant: "small"
        tone: "second"
        text: page.today.searchSummary
    }
    Card {
        Layout.fillWidth: true
        visible: page.today.found.count > 0
        padding: 0
        spacing: 0

        Repeater {
            model: page.today.found

            ClaimRow {
                required property int index
                required detail
                required tag
                required tagTone

                divider: index < page.today.found.count - 1
                onClicked: page.session.openClaim(crn)
            }
        }
    }
}
