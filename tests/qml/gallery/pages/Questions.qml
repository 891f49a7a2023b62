import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.Forms

PageScaffold {
    contentMaximumWidth: Theme.measure * 1.2

    AppText {
        Layout.fillWidth: true
        variant: "title"
        text: "Your home"
    }
    QuestionField {
        key: "rents"
        type: "select_one"
        label: "Do you rent your home?"
        value: "yes"
        choices: [{ name: "yes", label: "Yes" }, { name: "no", label: "No" }]
    }
    QuestionField {
        key: "rent"
        type: "decimal"
        label: "How much rent are you charged?"
        money: true
        suffix: "every week"
        value: "85.00"
        badge: "Told us on the phone"
    }
    QuestionField {
        key: "since"
        type: "date"
        label: "When did the tenancy begin?"
        absence: "notKnown"
        absenceNote: "She will bring the agreement on Friday"
    }
    QuestionField {
        key: "rooms"
        type: "integer"
        label: "How many rooms are there?"
        value: "4"
        required: false
    }
    QuestionField {
        key: "notes"
        type: "text"
        multiline: true
        label: "Anything else about the home?"
        absence: "refused"
        required: false
    }
    QuestionField {
        key: "heat"
        type: "select_multiple"
        label: "What does the rent pay for?"
        value: "heat"
        choices: [{ name: "heat", label: "Heating" }, { name: "water", label: "Water" }]
    }
    QuestionField {
        key: "ack"
        type: "acknowledge"
        label: "The customer knows that the council will be told"
        value: "OK"
    }
    QuestionField {
        key: "sure"
        type: "range"
        label: "How many nights a week does he stay?"
        value: "3"
        range: ({ start: "0", end: "7", step: "1" })
        warnings: ["The first answer was that nobody else lives here: ask about both"]
    }
    QuestionField {
        key: "seen"
        type: "dateTime"
        label: "When was the home visited?"
        value: "2006-11-22T09:30"
    }
    QuestionField {
        key: "at"
        type: "time"
        label: "What time does the shift begin?"
        error: "Enter a time, for example 9:30 or 2:15 pm"
        value: "26:00"
    }
    QuestionField {
        key: "ref"
        type: "barcode"
        label: "What number is on the letter?"
        hint: "Under the bars, at the top on the right"
        captures: true
    }
    QuestionField {
        key: "slip"
        type: "image"
        label: "A picture of the last payslip"
        captures: true
    }
    QuestionField {
        key: "meter"
        type: "image"
        label: "A picture of the meter"
        captures: true
        required: false
        value: "8f3a22c1"
        picture: ({ name: "Picture 8F3A 22C1", detail: "Taken on another tablet", here: false })
    }
    QuestionField {
        key: "tenancy"
        type: "file"
        label: "The tenancy agreement"
        captures: true
        value: "41d0c2aa"
        picture: ({ name: "File 41D0 C2AA", detail: "PDF, 12 pages", here: true })
    }
    QuestionField {
        key: "note"
        type: "note"
        label: "Read this out: a visit is arranged by letter."
    }
    QuestionField {
        key: "total"
        type: "calculate"
        label: "Rent for a year"
        money: true
        value: "4,420"
    }
}
