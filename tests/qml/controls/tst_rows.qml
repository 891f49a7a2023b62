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
    // As on a page of questions: inside columns that come with their model.
    Loader {
        id: page
        y: 200
        width: 400
        active: false
        sourceComponent: ColumnLayout {
            Repeater {
                model: 1

                FocusScope {
                    Layout.fillWidth: true
                    implicitWidth: 300
                    implicitHeight: column.implicitHeight

                    ColumnLayout {
                        id: column
                        width: parent.width

                        ColumnLayout {
                            Layout.fillWidth: true

                            Fold {
                                objectName: "fold"
                                title: "Help with this question"
                                text: "What counts as that"
                            }
                        }
                    }
                }
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

        function test_a_fold_that_comes_with_its_page_can_be_pressed() {
            page.active = true;
            const fold = findChild(page, "fold");
            const head = findChild(fold, "head");
            tryVerify(() => head.width >= 48 && head.height >= 48);
            mouseClick(head);
            tryVerify(() => fold.open);
        }
    }
}
