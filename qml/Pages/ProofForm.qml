pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// One proof: why it is needed, what counts, and what was seen, or why it is not there.
//
//     ProofForm { evidence: page.evidence; row: 2; onDone: session.goEvidence(); onPictureWanted: session.openPicture(key) }
ColumnLayout {
    id: form

    required property EvidenceViewModel evidence
    required property int row

    readonly property string key: text("proofKey")
    property string chosen: ""
    property string level: ""
    property string problem: ""
    property bool absent: false

    signal done
    signal pictureWanted
    signal pageRemoved(string label)

    function text(role: string): string {
        return String(evidence.proofs.value(row, role) ?? "");
    }

    function list(role: string): list<string> {
        return evidence.proofs.value(row, role) ?? [];
    }

    function save() {
        problem = absent ? evidence.saveUnavailable(key, reason.text) : evidence.save(key, level, chosen === "other" || accepts.choices.length === 1 ? other.text : chosen, seenOn.iso, returned.checked);
        if (problem.length === 0)
            done();
    }

    // What is typed and not yet saved, over a visit to another page of the claim.
    function leave() {
        evidence.keepDraft(key, {
            chosen: chosen,
            other: other.text,
            level: level,
            seenOn: seenOn.value,
            returned: returned.checked
        });
        pictureWanted();
    }

    spacing: 20
    Component.onCompleted: {
        const draft = evidence.takeDraft(key);
        if (draft.level !== undefined) {
            chosen = draft.chosen;
            other.text = draft.other;
            level = draft.level;
            seenOn.value = draft.seenOn;
            returned.checked = draft.returned;
            return;
        }
        const seen = text("what");
        level = text("level");
        returned.checked = evidence.proofs.value(row, "returned") === true;
        chosen = seen.length === 0 ? "" : list("accepts").indexOf(seen) >= 0 ? seen : "other";
        other.text = chosen === "other" ? seen : "";
        reason.text = text("unavailable");
        absent = reason.text.length > 0;
        seenOn.value = text("seenOn").length > 0 ? text("seenOn") : evidence.today;
    }

    PageHeader {
        eyebrow: form.text("whose").length > 0 ? qsTr("Evidence · %1").arg(form.text("whose")) : qsTr("Evidence")
        title: form.text("label")
        subtitle: form.evidence.proofs.value(form.row, "blocking") === true ? qsTr("%1. The claim cannot go before it is seen.").arg(form.text("needs")) : qsTr("%1. The claim can go without it; it can follow later.").arg(form.text("needs"))
    }
    InlineMessage {
        objectName: "proof.why"
        visible: text.length > 0
        tone: "blue"
        title: qsTr("Why it is needed")
        text: form.text("why")
    }
    InlineMessage {
        objectName: "proof.problem"
        visible: form.problem.length > 0
        tone: "red"
        text: form.problem
    }
    OptionGroup {
        id: accepts
        objectName: "proof." + form.key + ".what"
        visible: !form.absent
        label: qsTr("What did you see?")
        labelVariant: "section"
        choices: form.list("accepts").map(name => ({
                    name: name,
                    label: name
                })).concat([{
                    name: "other",
                    label: qsTr("Something else")
                }])
        value: form.chosen
        onChosen: value => form.chosen = value
    }
    TextInputField {
        id: other
        objectName: "proof." + form.key + ".other"
        visible: !form.absent && form.chosen === "other"
        label: qsTr("What was it?")
    }
    OptionGroup {
        objectName: "proof." + form.key + ".level"
        visible: !form.absent
        label: qsTr("How sure is it?")
        labelVariant: "section"
        choices: [
            {
                name: "original",
                label: qsTr("I saw the original"),
                hint: qsTr("Give it back at once; what you write and the pictures are the record")
            },
            {
                name: "copy",
                label: qsTr("I saw a copy")
            },
            {
                name: "told",
                label: qsTr("They told me")
            }
        ]
        value: form.level
        onChosen: value => form.level = value
    }
    CheckCard {
        id: returned
        objectName: "proof." + form.key + ".returned"
        visible: !form.absent && form.level === "original"
        text: qsTr("The original was given back")
    }
    DateField {
        id: seenOn
        objectName: "proof." + form.key + ".date"
        visible: !form.absent
        label: qsTr("When did you see it?")
        labelVariant: "section"
    }
    TextAreaField {
        id: reason
        objectName: "proof." + form.key + ".reason"
        visible: form.absent
        label: qsTr("Why is it not available?")
        labelVariant: "section"
        hint: qsTr("For example, it was lost and a new one is ordered. The claim goes on.")
        lines: 3
    }
    ColumnLayout {
        Layout.fillWidth: true
        visible: !form.absent
        spacing: 12

        AppText {
            Layout.fillWidth: true
            variant: "section"
            text: qsTr("Pictures")
        }
        AppText {
            Layout.fillWidth: true
            variant: "small"
            tone: "second"
            text: qsTr("One of each page that matters. They are kept at once, encrypted, whether or not the rest is saved.")
        }
        InlineMessage {
            objectName: "proof.room"
            visible: form.evidence.roomTitle.length > 0
            tone: form.evidence.canTakePictures ? "amber" : "red"
            title: form.evidence.roomTitle
            text: form.evidence.roomText
        }
        Flow {
            Layout.fillWidth: true
            visible: form.evidence.pages.count > 0
            spacing: 12

            Repeater {
                model: form.evidence.pages

                PictureThumb {
                    id: thumb

                    required property string fileId
                    required property string label
                    required property bool here
                    required detail
                    required picture

                    objectName: "page." + fileId
                    text: label
                    actionText: here ? "" : qsTr("Fetch it")
                    onActionClicked: form.evidence.fetchPage(fileId)
                    onRemoveClicked: {
                        const name = thumb.label;
                        if (form.evidence.removePage(fileId))
                            form.pageRemoved(name);
                    }
                }
            }
        }
        SecondaryButton {
            objectName: "proof." + form.key + ".addPicture"
            iconName: "camera"
            enabled: form.evidence.canTakePictures
            text: form.evidence.pages.count > 0 ? qsTr("Add another page") : qsTr("Add a picture")
            onClicked: form.leave()
        }
    }
    Flow {
        Layout.fillWidth: true
        spacing: 12

        PrimaryButton {
            objectName: "proof." + form.key + ".save"
            text: qsTr("Save")
            onClicked: form.save()
        }
        LinkButton {
            objectName: "proof." + form.key + ".absent"
            text: form.absent ? qsTr("I have seen it after all") : qsTr("It is not available")
            onClicked: {
                form.absent = !form.absent;
                form.problem = "";
            }
        }
        LinkButton {
            objectName: "proof." + form.key + ".clear"
            visible: form.text("level").length > 0 || form.text("unavailable").length > 0
            text: qsTr("Take it back")
            onClicked: {
                form.evidence.clear(form.key);
                form.done();
            }
        }
    }
}
