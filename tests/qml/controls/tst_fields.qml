import QtQuick
import QtTest
import Fieldclaim.Controls

Item {
    id: root
    property string answer: "Café"

    width: 700
    height: 900

    Column {
        spacing: 8

        TextInputField {
            id: text
            width: 500
            label: "Employer"
            hint: "As on the payslip"
            text: root.answer
        }
        TextAreaField {
            id: area
            width: 500
            label: "What happened?"
            limit: 5
        }
        DateField {
            id: date
            width: 500
            label: "Date of birth"
        }
        PassphraseField {
            id: phrase
            width: 500
            label: "Passphrase"
            showMeter: true
        }
        SearchField {
            id: search
            width: 500
            label: "Search claims"
        }
        PrimaryButton {
            id: other
            text: "Continue"
        }
    }
    SignalSpy {
        id: committed
        signalName: "committed"
    }
    SignalSpy {
        id: searched
        target: search
        signalName: "searched"
    }

    TestCase {
        name: "Fields"
        when: windowShown

        function init() {
            date.value = "2000-01-01";
            date.value = "";
            date.touched = false;
            other.forceActiveFocus();
            committed.clear();
            searched.clear();
        }

        function typeInto(item, words) {
            item.forceActiveFocus();
            item.selectAll();
            keyClick(Qt.Key_Delete);
            for (const letter of words)
                keyClick(letter);
        }

        function box(name) {
            return findChild(findChild(date, name), "input");
        }

        function test_leaving_the_field_commits_once() {
            committed.target = text;
            typeInto(text.input, "Eryri");
            compare(committed.count, 0);
            other.forceActiveFocus();
            compare(committed.count, 1);
            compare(committed.signalArguments[0][0], "Eryri");
            text.input.forceActiveFocus();
            other.forceActiveFocus();
            compare(committed.count, 1);
        }

        function test_typing_does_not_break_the_binding() {
            typeInto(text.input, "x");
            other.forceActiveFocus();
            root.answer = "Conwy";
            compare(text.text, "Conwy");
            committed.target = text;
            text.commit();
            compare(committed.count, 0, "what the page set is not committed back");
        }

        function test_the_field_is_named_and_its_error_is_read_out() {
            text.error = "Enter the employer";
            compare(text.input.Accessible.name, "Employer");
            compare(text.input.Accessible.description, "As on the payslip. Error: Enter the employer");
            verify(findChild(text, "fieldError").visible);
            text.error = "";
            verify(!findChild(text, "fieldError").visible);
        }

        function test_tab_leaves_a_text_area_and_commits() {
            committed.target = area;
            typeInto(area.input, "lost job");
            keyClick(Qt.Key_Tab);
            verify(!area.input.activeFocus);
            compare(committed.signalArguments[0][0], "lost job");
            compare(findChild(area, "charactersLeft").text, "3 characters too many");
        }

        function test_dates_are_understood_data() {
            return [{ tag: "figures", day: "27", month: "3", year: "1971", iso: "1971-03-27" }, { tag: "English name", day: "1", month: "September", year: "2004", iso: "2004-09-01" }, { tag: "short name", day: "1", month: "sept", year: "2004", iso: "2004-09-01" }, { tag: "Welsh name", day: "5", month: "Rhagfyr", year: "1960", iso: "1960-12-05" }, { tag: "leap day", day: "29", month: "2", year: "2004", iso: "2004-02-29" }, { tag: "no leap day", day: "29", month: "2", year: "2005", iso: "" }, { tag: "no such month", day: "1", month: "13", year: "2005", iso: "" }, { tag: "two figures of a year", day: "1", month: "3", year: "06", iso: "" }];
        }

        function test_dates_are_understood(data) {
            committed.target = date;
            typeInto(box("day"), data.day);
            typeInto(box("month"), data.month);
            typeInto(box("year"), data.year);
            compare(committed.count, 0, "going from box to box commits nothing");
            other.forceActiveFocus();
            compare(committed.count, 1);
            compare(committed.signalArguments[0][0], data.iso);
            compare(committed.signalArguments[0][1], data.day + "|" + data.month + "|" + data.year);
            compare(findChild(date, "problem").visible, data.iso === "");
            compare(box("month").text, data.month, "what was typed is kept");
        }

        function test_what_is_wrong_with_a_date_is_said_data() {
            return [{ tag: "two figures of a year", value: "1|3|06", words: "4 figures" }, { tag: "no year", value: "1|3|", words: "Enter the year" }, { tag: "no month", value: "1||2005", words: "Enter the month" }, { tag: "no day", value: "|3|2005", words: "Enter the day" }, { tag: "31 February", value: "31|2|2005", words: "not a date" }];
        }

        function test_what_is_wrong_with_a_date_is_said(data) {
            date.value = data.value;
            verify(date.problemText.includes(data.words), date.problemText);
        }

        function test_a_whole_date_in_the_first_box_fills_the_three() {
            committed.target = date;
            typeInto(box("day"), "27 3 1971");
            other.forceActiveFocus();
            compare(date.iso, "1971-03-27");
            compare(box("year").text, "1971");
            compare(committed.count, 1);
        }

        function test_what_was_typed_comes_back() {
            date.value = "31|2|2006";
            compare(box("day").text, "31");
            compare(date.iso, "");
        }

        function test_the_passphrase_is_hidden_until_asked_for() {
            typeInto(phrase.input, "glaw mawr heddiw eto");
            compare(phrase.input.echoMode, TextInput.Password);
            mouseClick(findChild(phrase, "reveal"));
            compare(phrase.input.echoMode, TextInput.Normal);
            phrase.clear();
            compare(phrase.input.echoMode, TextInput.Password);
        }

        function test_the_meter_knows_weak_from_strong_data() {
            return [{ tag: "", words: "", strength: 0 }, { tag: "password1", words: "password1", strength: 1 }, { tag: "1234567890", words: "1234567890", strength: 1 }, { tag: "aaaaaaaaaaaaaaa", words: "aaaaaaaaaaaaaaa", strength: 1 }, { tag: "four words", words: "glaw mawr heddiw eto", strength: 3 }, { tag: "five words", words: "glaw mawr heddiw eto yn y pentref", strength: 4 }];
        }

        function test_the_meter_knows_weak_from_strong(data) {
            phrase.text = data.words;
            compare(phrase.strength, data.strength);
        }

        function test_search_tells_each_key_and_escape_empties_it() {
            typeInto(search.input, "ob");
            compare(searched.count, 2);
            keyClick(Qt.Key_Escape);
            compare(search.text, "");
            compare(searched.signalArguments[2][0], "");
        }
    }
}
