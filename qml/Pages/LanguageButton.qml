import QtQuick
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The other language, in its own words, where nobody is signed in yet.
//
//     PageHeader { LanguageButton { session: page.session } }
LinkButton {
    required property TabletSession session

    objectName: "button.language"
    text: session.language === "cy" ? "English" : "Cymraeg"
    onClicked: session.language = session.language === "cy" ? "en" : "cy"
}
