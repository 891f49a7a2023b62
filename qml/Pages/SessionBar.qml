import QtQuick
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The bar of every page behind the lock: where, who, and the truth of saving and sending.
//
//     topBar: SessionBar { session: page.session }
TopBar {
    id: bar

    required property TabletSession session

    product: qsTr("Fieldclaim")
    place: session.siteName
    officer: session.officerName
    practice: session.practiceTasks ? session.practiceTasks.banner : ""
    onHomePressed: session.goToday()
    onPracticePressed: session.goPractice()

    StatusStrip {
        objectName: "strip"
        text: bar.session.sending ? bar.session.sending.strip : ""
        tone: bar.session.sending ? bar.session.sending.stripTone : "neutral"
        onClicked: bar.session.goSending()
    }
}
