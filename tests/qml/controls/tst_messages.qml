import QtQuick
import QtTest
import Fieldclaim.Controls
import Fieldclaim.Theme

Item {
    id: root
    width: 1280
    height: 800

    PageScaffold {
        id: page
        anchors.fill: parent
        listText: "Parts"
        leftPane: [
            TaskListItem {
                text: "Work"
            }
        ]

        ErrorSummary {
            id: summary
            errors: [{ key: "rent", text: "Enter the rent" }]
        }
        Repeater {
            model: 12

            TextInputField {
                required property int index
                objectName: "field" + index
                label: "Field " + index
            }
        }
        PrimaryButton {
            id: opener
            text: "Remove"
            onClicked: ask.open()
        }
    }
    ConfirmDialog {
        id: ask
        title: "Remove?"
        isDanger: true
    }
    Toast {
        id: toast
    }
    InlineMessage {
        id: hidden
        visible: false
        width: 600
        text: "Something happened"

        LinkButton {
            id: remedy
            text: "Mend it"
        }
    }
    KeyValueRow {
        id: fact
        width: 600
        label: "Rent"
        value: "£85"
        changeText: "Change"
        changed: true
        changedText: "Was £80"
    }
    SignalSpy {
        id: requested
        target: summary
        signalName: "fieldRequested"
    }
    SignalSpy {
        id: rejected
        target: ask
        signalName: "rejected"
    }
    SignalSpy {
        id: undone
        target: toast
        signalName: "actionPressed"
    }

    TestCase {
        name: "Messages"
        when: windowShown

        function init() {
            root.width = 1280;
            page.scrollToTop();
            requested.clear();
        }

        function focused() {
            return root.Window.activeFocusItem;
        }

        function test_what_a_message_offers_shows_when_the_message_is_shown_late() {
            verify(!remedy.visible);
            hidden.visible = true;
            verify(remedy.visible);
            tryVerify(() => hidden.height > remedy.y + remedy.height);
            hidden.visible = false;
        }

        function test_the_error_summary_takes_the_focus_and_links_to_the_field() {
            summary.focusSummary();
            verify(focused().Accessible.name.startsWith("There is a problem. Enter the rent"));
            keyClick(Qt.Key_Tab);
            keyClick(Qt.Key_Return);
            compare(requested.signalArguments[0][0], "rent");
        }

        function test_what_has_the_focus_is_scrolled_into_sight() {
            const last = findChild(page, "field11");
            last.input.forceActiveFocus(Qt.TabFocusReason);
            tryVerify(() => page.flickable.contentY > 0);
            const at = last.mapToItem(page, 0, 0);
            verify(at.y + last.height <= page.height);
        }

        function test_the_list_is_behind_a_button_where_there_is_one_pane() {
            verify(page.hasTwoPanes);
            root.width = 800;
            verify(!page.hasTwoPanes);
            verify(!findChild(page, "leftPane").visible);
            mouseClick(findChild(page, "openList"));
            verify(findChild(page, "leftPane").visible);
            keyClick(Qt.Key_Escape);
            verify(!findChild(page, "leftPane").visible);
        }

        function test_a_dialog_keeps_the_focus_and_gives_it_back() {
            opener.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            tryVerify(() => ask.opened);
            compare(focused().objectName, "cancel", "the safe answer has the focus");
            for (let i = 0; i < 5; ++i) {
                keyClick(Qt.Key_Tab);
                verify(["confirm", "cancel"].includes(focused().objectName), "Tab went out to " + focused());
            }
            rejected.clear();
            keyClick(Qt.Key_Escape);
            tryVerify(() => !ask.visible);
            compare(rejected.count, 1);
            tryVerify(() => opener.activeFocus);
        }

        function test_a_toast_is_announced_each_time_and_can_be_undone() {
            toast.show("Job removed", "Undo");
            const live = findChild(toast, "toastLive");
            compare(live.Accessible.role, Accessible.AlertMessage);
            const first = live.Accessible.name;
            compare(first, "Job removed");
            toast.show("Job removed", "Undo");
            verify(live.Accessible.name !== first, "the same words are announced again");
            waitForRendering(toast);
            mouseClick(findChild(toast, "toastAction"));
            compare(undone.count, 1);
            verify(!toast.visible);
        }

        function test_a_changed_answer_is_said_in_words_too() {
            compare(fact.Accessible.name, "Rent: £85");
            compare(fact.Accessible.description, "Was £80");
            compare(findChild(fact, "change").Accessible.name, "Change: Rent");
        }
    }
}
