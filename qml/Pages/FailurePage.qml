import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The app cannot open its store: what happened and what to do. Nothing is deleted (hazard H36).
PageScaffold {
    id: page

    required property TabletSession session

    objectName: "page.failed"
    contentMaximumWidth: Theme.measure
    centred: true

    topBar: TopBar {
        Layout.fillWidth: true
        product: qsTr("Fieldclaim")
    }

    EmptyState {
        tone: "red"
        iconName: "stop"
        title: qsTr("Fieldclaim cannot open")
        text: page.session.failure
    }
}
