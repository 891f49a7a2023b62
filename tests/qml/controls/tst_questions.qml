import QtQuick
import QtTest
import Fieldclaim.Forms
import Fieldclaim.Controls

// The field of each type of question.
Item {
    id: root
    width: 700
    height: 900

    Component {
        id: field

        QuestionField {
            width: 600
            key: "x"
            type: "text"
            label: "How sure are you?"
        }
    }
    SignalSpy {
        id: answered
        signalName: "answered"
    }

    TestCase {
        name: "Questions"
        when: windowShown

        function make(properties) {
            const made = createTemporaryObject(field, root, properties);
            verify(made !== null);
            answered.target = made;
            answered.clear();
            return made;
        }

        function last() {
            return answered.signalArguments[answered.count - 1][1];
        }

        function write(input, text) {
            input.forceActiveFocus();
            for (let i = 0; i < text.length; ++i)
                keyClick(text[i]);
        }

        function test_each_type_has_its_field_data() {
            return [
                { tag: "text", type: "text", child: "input" },
                { tag: "time", type: "time", child: "input" },
                { tag: "date", type: "date", child: "day" },
                { tag: "dateTime", type: "dateTime", child: "time" },
                { tag: "range", type: "range", child: "slider", range: { start: "0", end: "10", step: "1" } },
                { tag: "barcode", type: "barcode", child: "input" },
                { tag: "image", type: "image", child: "takePicture" },
                { tag: "file", type: "file", child: "takePicture" },
                { tag: "note", type: "note", child: "note" },
                { tag: "calculate", type: "calculate", child: "value", value: "8" },
                { tag: "acknowledge", type: "acknowledge", child: "acknowledge" },
                { tag: "one", type: "select_one", child: "option_a", choices: [{ name: "a", label: "A" }] },
                { tag: "several", type: "select_multiple", child: "check_a", choices: [{ name: "a", label: "A" }] }
            ];
        }

        function test_each_type_has_its_field(data) {
            const made = make({ type: data.type, range: data.range ?? {}, value: data.value ?? "", choices: data.choices ?? [] });
            verify(findChild(made, data.child) !== null, "there is no " + data.child);
            tryVerify(() => made.implicitHeight > 20);
            made.commit();
            compare(answered.count, 0);
        }

        SignalSpy {
            id: wanted
        }

        function test_a_picture_and_a_code_are_asked_for_where_they_can_be_had_data() {
            return [
                { tag: "a picture", type: "image", child: "takePicture", signalName: "pictureWanted" },
                { tag: "a file", type: "file", child: "takePicture", signalName: "pictureWanted" },
                { tag: "a code", type: "barcode", child: "scan", signalName: "scanWanted" }
            ];
        }

        function test_a_picture_and_a_code_are_asked_for_where_they_can_be_had(data) {
            const made = make({ type: data.type });
            const button = findChild(made, data.child);
            compare(button.visible, false);
            made.captures = true;
            tryCompare(button, "visible", true);
            wanted.target = made;
            wanted.signalName = data.signalName;
            wanted.clear();
            button.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            compare(wanted.count, 1);
            compare(wanted.signalArguments[0][0], "x");
        }

        function test_a_picture_that_is_there_can_be_taken_away_or_fetched() {
            const made = make({ type: "image", captures: true, value: "ab", picture: { name: "Picture AB", detail: "Taken on another tablet", here: false } });
            const thumb = findChild(made, "picture");
            tryCompare(thumb, "visible", true);
            compare(thumb.text, "Picture AB");
            wanted.target = made;
            wanted.signalName = "fetchWanted";
            wanted.clear();
            thumb.actionClicked();
            compare(wanted.count, 1);
            thumb.removeClicked();
            compare(last(), "");
        }

        function test_a_slider_is_moved_by_keys_and_its_number_typed() {
            const made = make({ type: "range", range: { start: "0", end: "1", step: "0.25" } });
            const slider = findChild(made, "slider");
            compare(slider.isAnswered, false);
            slider.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Right);
            compare(last(), "0.25");
            keyClick(Qt.Key_Right);
            compare(last(), "0.50");
            made.value = "0.5";
            compare(slider.value, 0.5);
            compare(slider.isAnswered, true);
            const typed = findChild(findChild(made, "typed"), "input");
            typed.text = "";
            write(typed, "1");
            made.commit();
            compare(last(), "1");
        }

        function test_a_slider_says_its_number_when_it_is_let_go() {
            const made = make({ type: "range", range: { start: "0", end: "10", step: "1" } });
            const slider = findChild(made, "slider");
            mousePress(slider, 2, slider.height / 2);
            mouseMove(slider, slider.width / 2, slider.height / 2);
            compare(answered.count, 0);
            mouseRelease(slider, slider.width / 2, slider.height / 2);
            compare(answered.count, 1);
            compare(last(), "5");
        }

        function test_a_date_and_a_time_are_one_answer() {
            const made = make({ type: "dateTime" });
            write(findChild(made, "day"), "22");
            write(findChild(made, "month"), "11");
            write(findChild(made, "year"), "2006");
            write(findChild(findChild(made, "time"), "input"), "9.30");
            made.commit();
            compare(last(), "2006-11-22T9.30");
            made.value = "2006-11-22T09:30";
            compare(findChild(made, "time").text, "09:30");
            made.value = "";
            compare(findChild(made, "time").text, "");
        }

        function test_what_is_only_read_is_said_in_words() {
            const made = make({ type: "select_multiple", readOnly: true, value: "b a", choices: [{ name: "a", label: "Gas" }, { name: "b", label: "Water" }] });
            compare(findChild(made, "value").text, "Gas, Water");
            compare(make({ type: "integer", readOnly: true, value: "" }).children.length > 0, true);
        }

        function test_a_search_is_there_when_it_is_asked_for() {
            const choices = [{ name: "a", label: "Llanrwst" }, { name: "b", label: "Bala" }];
            compare(findChild(make({ type: "select_one", choices: choices }), "choiceSearch").visible, false);
            compare(findChild(make({ type: "select_one", choices: choices, search: true }), "choiceSearch").visible, true);
        }

        function test_warnings_stand_by_the_field() {
            const made = make({ warnings: ["Check both dates", "Ask again"] });
            tryVerify(() => findChild(made, "warning") !== null);
            compare(findChild(made, "warning").text, "Check both dates");
        }

        function test_a_type_that_changes_changes_the_field() {
            const made = make({ type: "text" });
            verify(findChild(made, "day") === null);
            made.type = "date";
            verify(findChild(made, "day") !== null);
        }
    }
}
