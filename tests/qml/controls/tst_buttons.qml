import QtQuick
import QtTest
import Fieldclaim.Controls
import Fieldclaim.Theme

Item {
    width: 600
    height: 400

    PrimaryButton {
        id: button
        text: "Continue"
    }
    SignalSpy {
        id: clicked
        target: button
        signalName: "clicked"
    }

    TestCase {
        name: "Buttons"
        when: windowShown

        function init() {
            button.busy = false;
            button.focus = false;
            clicked.clear();
        }

        function test_a_press_clicks() {
            mouseClick(button);
            compare(clicked.count, 1);
        }
    }
}
