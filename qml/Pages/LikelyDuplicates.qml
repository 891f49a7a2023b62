pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// Says that the claim may be of somebody who has one already, and leads to both side by side.
//
//     LikelyDuplicates { session: page.session; claim: page.claim; visible: page.claim.duplicates.count > 0 }
ColumnLayout {
    id: likely

    required property TabletSession session
    required property ClaimViewModel claim

    Layout.fillWidth: true
    spacing: 12

    Repeater {
        model: likely.claim.duplicates

        InlineMessage {
            id: message

            required property string other
            required property string number
            required property string detail

            objectName: "likely." + other
            tone: "amber"
            title: qsTr("Look: this may be the same person as in claim %1").arg(number)
            text: detail

            LinkButton {
                objectName: "button.likely"
                small: true
                text: qsTr("Look at both")
                onClicked: likely.session.openDuplicate(likely.claim.plainCrn, message.other)
            }
        }
    }
}
