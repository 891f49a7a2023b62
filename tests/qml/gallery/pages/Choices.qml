import QtQuick
import Fieldclaim.Theme
import Fieldclaim.Controls

PageScaffold {
    contentMaximumWidth: Theme.measure * 1.2

    OptionGroup {
        label: "Do you rent your home?"
        labelVariant: "question"
        columns: 2
        value: "yes"
        choices: [{ name: "yes", label: "Yes" }, { name: "no", label: "No" }]
    }
    OptionGroup {
        label: "How often are you paid?"
        error: "Choose how often they are paid"
        choices: [{ name: "w", label: "Every week" }, { name: "f", label: "Every 2 weeks", hint: "3 payslips in a row will be needed" }]
    }
    CheckGroup {
        label: "Which of these do you have?"
        hint: "Choose all that are so"
        values: ["bank"]
        choices: [{ name: "bank", label: "A bank account", badge: "Told us on the phone" }, { name: "isa", label: "An ISA", hint: "Cash or shares" }, { name: "none", label: "None of these", alone: true }]
    }
    OptionGroup {
        label: "Country of birth"
        value: "Wales"
        choices: [
            { name: "Wales", label: "Wales" },
            { name: "England", label: "England" },
            { name: "Scotland", label: "Scotland" },
            { name: "Northern Ireland", label: "Northern Ireland" },
            { name: "Ireland", label: "Ireland" },
            { name: "Poland", label: "Poland" },
            { name: "Bangladesh", label: "Bangladesh" },
            { name: "India", label: "India" },
            { name: "Côte d’Ivoire", label: "Côte d’Ivoire" },
            { name: "Türkiye", label: "Türkiye" }
        ]
    }
}
