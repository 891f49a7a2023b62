import QtQuick
import QtTest
import Fieldclaim.Controls
import Fieldclaim.Theme

Item {
    width: 700
    height: 500

    Column {
        PrimaryButton {
            id: button
            text: "Continue"
        }
        StatusStrip {
            id: strip
            text: "Everything sent"
        }
        TextLink {
            id: link
            text: "Try now"
        }
        Fold {
            id: fold
            width: 400
            title: "Help"
            text: "Words"
        }
        ListRow {
            id: row
            width: 600
            leading: "09:30"
            text: "Gwen"
            tag: "Urgent"
            detail: "JSA"
        }
        TaskListItem {
            id: task
            width: 348
            text: "Work"
            status: "inProgress"
            statusText: "3 to go"
        }
        IconButton {
            id: icon
            iconName: "cross"
            text: "Close"
        }
        DeclarationLine {
            id: declaration
            width: 400
            text: "True and complete"
        }
    }
    SignalSpy {
        id: clicked
        signalName: "clicked"
    }
    SignalSpy {
        id: agreed
        target: declaration
        signalName: "toggledByUser"
    }

    TestCase {
        name: "Buttons"
        when: windowShown

        function init() {
            button.busy = false;
            clicked.clear();
        }

        function pressables() {
            return [{ tag: "button", item: button }, { tag: "strip", item: strip }, { tag: "link", item: link }, { tag: "row", item: row }, { tag: "task", item: task }, { tag: "icon", item: icon }];
        }

        function test_a_press_a_space_and_enter_each_click_once_data() {
            return pressables();
        }

        function test_a_press_a_space_and_enter_each_click_once(data) {
            clicked.target = data.item;
            clicked.clear();
            mouseClick(data.item);
            compare(clicked.count, 1);
            data.item.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            compare(clicked.count, 2);
            keyClick(Qt.Key_Return);
            compare(clicked.count, 3);
            keyClick(Qt.Key_Enter);
            compare(clicked.count, 4);
        }

        function test_every_pressable_is_48_high_and_named_data() {
            return pressables();
        }

        function test_every_pressable_is_48_high_and_named(data) {
            verify(data.item.height >= 48, data.tag + " is " + data.item.height);
            verify(data.item.width >= 48);
            verify(data.item.Accessible.name.length > 0);
            verify(data.item.Accessible.role !== Accessible.NoRole);
        }

        function test_a_busy_button_takes_no_press() {
            clicked.target = button;
            button.busy = true;
            mouseClick(button);
            button.forceActiveFocus();
            keyClick(Qt.Key_Return);
            compare(clicked.count, 0);
            compare(button.Accessible.description, "Working");
        }

        function test_words_too_long_wrap_instead_of_clipping() {
            button.width = 120;
            button.text = "A button whose words are too long for one line";
            tryVerify(() => button.implicitHeight > 80);
            button.text = "Continue";
            button.width = button.implicitWidth;
        }

        function test_a_row_is_read_out_with_all_it_shows() {
            compare(row.Accessible.name, "09:30, Gwen, Urgent, JSA");
            compare(task.Accessible.name, "Work, 3 to go");
        }

        function test_a_fold_opens_and_closes_from_the_keyboard() {
            const head = findChild(fold, "head");
            head.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            compare(fold.open, true);
            verify(findChild(fold, "foldText").visible);
            keyClick(Qt.Key_Space);
            compare(fold.open, false);
        }

        function test_a_declaration_line_says_what_the_person_wants() {
            agreed.clear();
            mouseClick(declaration);
            compare(agreed.signalArguments[0][0], true);
        }
    }
}
