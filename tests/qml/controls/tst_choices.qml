import QtQuick
import QtTest
import Fieldclaim.Controls
import Fieldclaim.Forms

Item {
    width: 700
    height: 1000

    Column {
        OptionGroup {
            id: one
            width: 500
            label: "How often?"
            choices: [{ name: "w", label: "Every week" }, { name: "f", label: "Every 2 weeks", hint: "3 payslips" }, { name: "m", label: "Every month" }]
        }
        CheckGroup {
            id: several
            width: 500
            label: "Which?"
            choices: [{ name: "bank", label: "Bank" }, { name: "isa", label: "ISA" }, { name: "none", label: "None", alone: true }]
        }
        OptionGroup {
            id: many
            width: 500
            label: "Country"
            choices: [{ name: "a", label: "Cymru" }, { name: "b", label: "England" }, { name: "c", label: "Scotland" }, { name: "d", label: "Ireland" }, { name: "e", label: "Poland" }, { name: "f", label: "India" }, { name: "g", label: "Spain" }, { name: "h", label: "Italy" }, { name: "i", label: "Türkiye" }]
        }
        QuestionField {
            id: question
            width: 500
            key: "rent"
            type: "decimal"
            label: "How much rent?"
            money: true
        }
    }
    SignalSpy {
        id: chosen
        signalName: "chosen"
    }
    SignalSpy {
        id: answered
        target: question
        signalName: "answered"
    }

    TestCase {
        name: "Choices"
        when: windowShown

        function init() {
            one.value = "w";
            one.value = "";
            several.values = [];
            several.current = [];
            question.type = "decimal";
            question.choices = [];
            question.value = "";
            chosen.clear();
            answered.clear();
        }

        function test_a_press_chooses_and_says_so() {
            chosen.target = one;
            mouseClick(findChild(one, "option_f"));
            compare(one.current, "f");
            compare(chosen.signalArguments[0][0], "f");
            verify(findChild(one, "option_f").checked);
            mouseClick(findChild(one, "option_m"));
            verify(!findChild(one, "option_f").checked);
        }

        function test_arrows_move_and_choose_and_go_round() {
            chosen.target = one;
            findChild(one, "option_w").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Down);
            compare(one.current, "f");
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Down);
            compare(one.current, "w");
            verify(findChild(one, "option_w").activeFocus);
            keyClick(Qt.Key_Up);
            compare(one.current, "m");
        }

        function test_only_the_chosen_card_is_a_tab_stop() {
            one.value = "f";
            verify(findChild(one, "option_f").activeFocusOnTab);
            verify(!findChild(one, "option_w").activeFocusOnTab);
        }

        function test_cards_are_named_and_say_their_hint() {
            const card = findChild(one, "option_f");
            compare(card.Accessible.name, "Every 2 weeks");
            compare(card.Accessible.description, "3 payslips");
            compare(card.Accessible.role, Accessible.RadioButton);
            verify(card.height >= 60);
        }

        function test_several_come_in_the_order_of_the_choices() {
            chosen.target = several;
            mouseClick(findChild(several, "check_isa"));
            mouseClick(findChild(several, "check_bank"));
            compare(chosen.signalArguments[1][0].join(" "), "bank isa");
        }

        function test_none_of_these_stands_alone() {
            mouseClick(findChild(several, "check_bank"));
            mouseClick(findChild(several, "check_none"));
            compare(Array.from(several.current).join(" "), "none");
            mouseClick(findChild(several, "check_isa"));
            compare(Array.from(several.current).join(" "), "isa");
        }

        function test_a_long_list_is_searched_without_accents() {
            const search = findChild(many, "choiceSearch");
            verify(search.visible);
            verify(!findChild(one, "choiceSearch").visible);
            compare(findChild(many, "option_i"), null);
            search.text = "turk";
            tryVerify(() => findChild(many, "option_i") !== null);
            search.text = "";
        }

        function test_a_question_answers_with_its_key() {
            const input = findChild(question, "input");
            input.forceActiveFocus();
            keyClick("8");
            keyClick("5");
            keyClick(Qt.Key_Return);
            compare(answered.count, 1);
            compare(answered.signalArguments[0][0], "rent");
            compare(answered.signalArguments[0][1], "85");
        }

        function test_each_type_has_its_field_data() {
            return [{ tag: "text", type: "text", field: "input" }, { tag: "integer", type: "integer", field: "input" }, { tag: "date", type: "date", field: "day" }, { tag: "select_one", type: "select_one", field: "option_yes" }, { tag: "select_multiple", type: "select_multiple", field: "check_yes" }, { tag: "acknowledge", type: "acknowledge", field: "acknowledge" }];
        }

        function test_each_type_has_its_field(data) {
            question.choices = [{ name: "yes", label: "Yes" }, { name: "no", label: "No" }];
            question.type = data.type;
            tryVerify(() => findChild(question, data.field) !== null);
        }

        function test_yes_and_no_stand_side_by_side() {
            question.choices = [{ name: "yes", label: "Yes" }, { name: "no", label: "No" }];
            question.type = "select_one";
            tryVerify(() => findChild(question, "option_no") !== null && findChild(question, "option_no").x > 100);
        }

        function test_several_choices_are_one_text() {
            question.choices = [{ name: "heat", label: "Heating" }, { name: "water", label: "Water" }];
            question.type = "select_multiple";
            question.value = "water";
            tryVerify(() => findChild(question, "check_water") !== null && findChild(question, "check_water").checked);
            mouseClick(findChild(question, "check_heat"));
            compare(answered.signalArguments[0][1], "heat water");
        }

        function test_an_absence_is_said_in_a_badge() {
            question.absence = "notKnown";
            compare(findChild(question, "fieldBadge").text, "Not known yet");
            question.absence = "";
        }
    }
}
