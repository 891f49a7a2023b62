import QtQuick
import QtTest
import Fieldclaim.Theme

// WCAG 2.2's contrast, worked out for every pair of colours that the theme says is read or must be seen.
TestCase {
    name: "Contrast"

    function linear(part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    function luminance(color) {
        return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
    }

    function contrast(one, other) {
        const a = luminance(one);
        const b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    function rows(pairsOf) {
        const list = [];
        for (const scheme of ["light", "dark", "highContrast"])
            for (const pair of pairsOf(Theme[scheme]))
                list.push({ tag: scheme + ": " + pair.name, text: pair.text, ground: pair.ground, minimum: pair.minimum });
        return list;
    }

    function test_the_sum_agrees_with_the_standard() {
        compare(contrast(Qt.color("#000000"), Qt.color("#ffffff")), 21);
        fuzzyCompare(contrast(Qt.color("#767676"), Qt.color("#ffffff")), 4.54, 0.01);
    }

    function test_text_can_be_read_data() {
        return rows(set => Array.from(set.textPairs));
    }

    function test_text_can_be_read(data) {
        const value = contrast(data.text, data.ground);
        verify(value >= data.minimum, data.tag + " is " + value.toFixed(2) + ", wants " + data.minimum);
    }

    function test_marks_can_be_seen_data() {
        return rows(set => Array.from(set.markPairs));
    }

    function test_marks_can_be_seen(data) {
        const value = contrast(data.text, data.ground);
        verify(value >= data.minimum, data.tag + " is " + value.toFixed(2) + ", wants " + data.minimum);
    }

    function test_every_text_pair_of_high_contrast_holds_seven() {
        for (const pair of Array.from(Theme.highContrast.textPairs)) {
            const value = contrast(pair.text, pair.ground);
            verify(value >= 7, pair.name + " is " + value.toFixed(2));
        }
    }

    function test_an_unknown_scheme_reads_as_light() {
        Theme.scheme = "sepia";
        compare(Theme.colors, Theme.light);
        Theme.scheme = "light";
    }

    function test_text_scale_is_held_between_one_and_two() {
        Theme.textScale = 3;
        compare(Theme.bodySize, 36);
        Theme.textScale = 0.5;
        compare(Theme.bodySize, 18);
        Theme.textScale = 1;
    }
}
