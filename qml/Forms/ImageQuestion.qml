import QtQuick
import Fieldclaim.Controls

// image, file: a picture, or a PDF too, that is the answer, as it is kept. Where it may be taken (QuestionField.captures), with the ways there.
FieldFrame {
    id: field

    required property QuestionField question
    readonly property bool isThere: question.value.length > 0
    readonly property bool isFile: question.type === "file"

    label: question.label
    labelVariant: question.labelVariant
    hint: question.hint
    error: question.error
    badge: question.shownBadge
    badgeTone: question.shownBadgeTone
    optional: !question.required

    PictureThumb {
        objectName: "picture"
        visible: field.isThere
        picture: field.question.picture.image
        text: field.question.picture.name ?? ""
        detail: field.question.picture.detail ?? ""
        removable: field.question.captures
        actionText: field.question.captures && field.question.picture.here === false ? qsTr("Fetch it") : ""
        onActionClicked: field.question.fetchWanted(field.question.key)
        onRemoveClicked: field.question.send("")
    }
    SecondaryButton {
        objectName: "takePicture"
        focus: true
        visible: field.question.captures
        iconName: field.isFile ? "folder" : "camera"
        text: field.isFile ? (field.isThere ? qsTr("Choose another instead") : qsTr("Choose a file, or take a picture")) : field.isThere ? qsTr("Take another instead") : qsTr("Take or choose a picture")
        hint: field.question.label
        onClicked: field.question.pictureWanted(field.question.key)
    }
}
