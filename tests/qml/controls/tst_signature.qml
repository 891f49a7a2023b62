import QtQuick
import QtTest
import Fieldclaim.Controls

Item {
    width: 700
    height: 500

    Flickable {
        id: flickable
        anchors.fill: parent
        contentHeight: 2000

        SignaturePad {
            id: pad
            width: 600
        }
    }

    TestCase {
        name: "Signature"
        when: windowShown

        function init() {
            pad.clear();
        }

        function draw(fromX, fromY, toX, toY) {
            mousePress(pad, fromX, fromY);
            for (let i = 1; i <= 10; ++i)
                mouseMove(pad, fromX + (toX - fromX) * i / 10, fromY + (toY - fromY) * i / 10, 5, Qt.LeftButton);
            mouseRelease(pad, toX, toY);
        }

        function test_a_stroke_is_taken_in_pad_units() {
            verify(pad.isEmpty);
            draw(60, 50, 300, 180);
            compare(pad.strokeCount, 1);
            const stroke = pad.strokes[0];
            compare(stroke.length % 4, 0);
            verify(stroke.length >= 40);
            compare(stroke[0], 1000);
            compare(stroke[2], 0, "time begins with the first point");
            verify(Math.abs(stroke[stroke.length - 4] - 5000) <= 10);
            verify(stroke[stroke.length - 2] >= stroke[2]);
            compare(JSON.parse(pad.json)[0].join(), stroke.join());
        }

        function test_the_page_does_not_scroll_under_the_pen() {
            draw(100, 200, 120, 20);
            compare(flickable.contentY, 0);
            compare(pad.strokeCount, 1);
            const stroke = pad.strokes[0];
            verify(stroke[stroke.length - 3] < 1000, "the stroke goes on to where the pen was lifted");
        }

        function test_a_finger_signs_too() {
            const canvas = findChild(pad, "canvas");
            const touch = touchEvent(canvas);
            touch.press(1, canvas, 50, 50).commit();
            touch.move(1, canvas, 150, 90).commit();
            touch.move(1, canvas, 200, 120).commit();
            touch.release(1, canvas, 200, 120).commit();
            compare(pad.strokeCount, 1);
            compare(flickable.contentY, 0);
        }

        function test_undo_takes_the_last_stroke_and_clear_takes_all() {
            draw(60, 50, 200, 100);
            draw(200, 50, 300, 100);
            mouseClick(findChild(pad, "undo"));
            compare(pad.strokeCount, 1);
            draw(200, 50, 300, 100);
            mouseClick(findChild(pad, "clear"));
            verify(pad.isEmpty);
        }

        function test_a_signature_comes_back_as_it_was() {
            draw(60, 50, 200, 100);
            const before = pad.json;
            pad.clear();
            verify(pad.load(before));
            compare(pad.json, before);
        }

        function test_what_is_no_signature_is_refused_data() {
            return [{ tag: "not json", json: "x" }, { tag: "three numbers", json: "[[1,2,3]]" }, { tag: "off the pad", json: "[[10001,0,0,500]]" }, { tag: "an empty stroke", json: "[[]]" }];
        }

        function test_what_is_no_signature_is_refused(data) {
            draw(60, 50, 200, 100);
            const before = pad.json;
            verify(!pad.load(data.json));
            compare(pad.json, before);
        }
    }
}
