pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts

// What happened to a claim across every part of the service, in order.
//
//     Timeline { events: claim.timeline }   // [{ title, when, detail, status: "done" | "now" | "next" | "problem" }]
ColumnLayout {
    id: timeline

    property var events: []

    Layout.fillWidth: true
    spacing: 0
    Accessible.role: Accessible.List

    Repeater {
        model: timeline.events

        TimelineItem {
            required property int index
            required property var modelData
            title: modelData.title
            when: modelData.when ?? ""
            detail: modelData.detail ?? ""
            status: modelData.status ?? "done"
            isLast: index === timeline.events.length - 1
        }
    }
}
