import QtQuick
import Fieldclaim.Controls

// A claim in a list: when, who, what for, and what is missing. Made by a list of claims (TodayViewModel).
//
//     Repeater { model: today.appointments; ClaimRow { required detail; onClicked: session.openClaim(crn) } }
ListRow {
    id: row

    required property string crn
    required property string time
    required property string name
    required property string status
    required property string statusTone

    objectName: "claim." + crn
    leading: time
    text: name

    Badge {
        tone: row.statusTone
        text: row.status
    }
}
