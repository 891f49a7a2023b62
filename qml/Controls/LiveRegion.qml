import QtQuick

// Says to a screen reader what happened; shows nothing. One in the window is enough.
//
//     LiveRegion { id: live }   …   live.announce(qsTr("Saved on this tablet"))
//
// Qt 6.4 has no call for it, so the name of an alert changes; the same words twice are made to differ unseen.
Item {
    id: region

    readonly property alias text: words.spoken

    function announce(text: string) {
        words.spoken = text === words.spoken ? text + "\u200b" : text;
    }

    width: 1
    height: 1
    Accessible.role: Accessible.AlertMessage
    Accessible.name: words.spoken

    QtObject {
        id: words
        property string spoken: ""
    }
}
