import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

PageScaffold {
    contentMaximumWidth: Theme.measure * 1.2

    ErrorSummary {
        errors: [{ key: "rent", text: "Enter the rent as pounds and pence, like 85.00" }, { key: "dob", text: "Enter the year in 4 figures, for example 1971" }]
    }
    TextInputField {
        label: "Name of the employer"
        hint: "As it stands on the payslip"
        text: "Eryri Café"
    }
    TextInputField {
        label: "Rent each week"
        prefix: "£"
        widthInCharacters: 8
        suffix: "every week"
        text: "85 pounds"
        error: "Enter the rent as pounds and pence, like 85.00"
    }
    DateField {
        label: "Date of birth"
        hint: "For example 27 3 1971 or 27 March 1971"
        value: "27|March|71"
        touched: true
    }
    DateField {
        label: "When did the tenancy begin?"
        badge: "Told us on the phone"
        value: "2004-09-01"
        optional: true
    }
    PassphraseField {
        label: "Choose a passphrase"
        hint: "Four words that you can remember are better than one that you cannot"
        showMeter: true
        revealed: true
        text: "glaw mawr heddiw"
    }
    TextAreaField {
        label: "What happened?"
        limit: 60
        text: "The shop closed in October and nobody was kept on. The last pay was short by a week."
    }
    SearchField {
        Layout.fillWidth: true
        placeholder: "Name, NI number or claim number"
    }
    TextInputField {
        label: "National Insurance number"
        readOnly: true
        text: "QQ 12 34 56 C"
    }
}
