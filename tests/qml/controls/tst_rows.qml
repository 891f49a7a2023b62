import QtQuick
import QtQuick.Layouts
import QtTest
import Fieldclaim.Controls

Item {
    width: 700
    height: 500

    ListRow {
        id: row
        width: 600
        text: "Gwen"

        Badge {
            text: "Accepted by the first of them"
        }
        Badge {
            text: "Accepted by the second"
        }
        Badge {
            id: lastBadge
            text: "The third was told of it"
        }
    }
    ColumnLayout {
        y: 200
        width: 400

        ColumnLayout {
            Layout.fillWidth: true

            Fold {
                id: lateFold
                title: "Help with this"
                visible: false
            }
        }
    }

    TestCase {
        name: "Rows"
        when: windowShown

        function test_what_a_row_has_on_its_right_stays_on_it() {
            tryVerify(() => lastBadge.mapToItem(row, lastBadge.width, 0).x <= row.width);
            verify(lastBadge.mapToItem(row, 0, lastBadge.height).y <= row.height);
        }

        function test_a_fold_that_comes_later_can_be_pressed() {
            lateFold.visible = true;
            const head = findChild(lateFold, "head");
            tryVerify(() => head.width >= 48 && head.height >= 48);
            mouseClick(head);
            tryVerify(() => lateFold.open);
        }
    }
}
