pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// How the officer wants the tablet; each choice takes effect at once and is kept.
PageScaffold {
    id: page

    required property TabletSession session
    required property SettingsViewModel settings

    objectName: "page.settings"
    contentMaximumWidth: 760
    spacing: 28
    Component.onCompleted: Qt.callLater(head.forceActiveFocus)

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }

    PageHeader {
        id: head
        activeFocusOnTab: true
        title: qsTr("Settings")
        subtitle: qsTr("For %1, on this tablet").arg(page.session.officerName)
    }
    InlineMessage {
        objectName: "settings.room"
        visible: page.session.roomTitle.length > 0
        tone: "amber"
        title: page.session.roomTitle
        text: page.session.roomText
    }
    InlineMessage {
        visible: page.settings.error.length > 0
        tone: "red"
        text: page.settings.error
    }
    OptionGroup {
        objectName: "settings.language"
        label: qsTr("Language")
        labelVariant: "section"
        hint: qsTr("Where a question has no Welsh text yet, the English one is shown.")
        columns: 2
        choices: [
            {
                name: "en",
                label: "English"
            },
            {
                name: "cy",
                label: "Cymraeg"
            }
        ]
        value: page.settings.language
        onChosen: value => page.settings.language = value
    }
    OptionGroup {
        objectName: "settings.textSize"
        label: qsTr("Text size")
        labelVariant: "section"
        columns: 2
        choices: [
            {
                name: "100",
                label: qsTr("100 %")
            },
            {
                name: "125",
                label: qsTr("125 %")
            },
            {
                name: "150",
                label: qsTr("150 %")
            },
            {
                name: "200",
                label: qsTr("200 %")
            }
        ]
        value: String(page.settings.textSize)
        onChosen: value => page.settings.textSize = Number(value)
    }
    OptionGroup {
        objectName: "settings.theme"
        label: qsTr("Look")
        labelVariant: "section"
        choices: [
            {
                name: "light",
                label: qsTr("Light")
            },
            {
                name: "dark",
                label: qsTr("Dark")
            },
            {
                name: "highContrast",
                label: qsTr("High contrast"),
                hint: qsTr("For bright sun, and for eyes that need it")
            }
        ]
        value: page.settings.theme
        onChosen: value => page.settings.theme = value
    }
    OptionGroup {
        objectName: "settings.photos"
        label: qsTr("Photos are sent")
        labelVariant: "section"
        hint: qsTr("Answers and signed statements are small and go over any network.")
        columns: 2
        choices: [
            {
                name: "any",
                label: qsTr("Over any network")
            },
            {
                name: "wifi",
                label: qsTr("Only over Wi-Fi")
            }
        ]
        value: page.settings.wifiOnly ? "wifi" : "any"
        onChosen: value => page.settings.wifiOnly = value === "wifi"
    }
    OptionGroup {
        objectName: "settings.idle"
        label: qsTr("Lock when nobody uses the tablet for")
        labelVariant: "section"
        columns: 2
        choices: [
            {
                name: "5",
                label: qsTr("5 minutes")
            },
            {
                name: "10",
                label: qsTr("10 minutes")
            },
            {
                name: "20",
                label: qsTr("20 minutes")
            },
            {
                name: "30",
                label: qsTr("30 minutes")
            }
        ]
        value: String(page.settings.idleMinutes)
        onChosen: value => page.settings.idleMinutes = Number(value)
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("Who can open this tablet")

        Flow {
            Layout.fillWidth: true
            spacing: 12

            SecondaryButton {
                objectName: "button.passphrase"
                text: qsTr("Change your passphrase")
                onClicked: page.session.goPassphrase()
            }
            SecondaryButton {
                objectName: "button.officers"
                text: qsTr("Officers on this tablet")
                onClicked: page.session.goOfficers()
            }
        }
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("Versions")

        FactRow {
            label: qsTr("Fieldclaim")
            value: page.settings.version
        }
        FactRow {
            label: qsTr("Questions")
            value: page.settings.packVersion
        }
        FactRow {
            label: qsTr("Store")
            value: page.settings.storeVersion
        }
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("Storage")

        AppText {
            objectName: "settings.storage"
            Layout.fillWidth: true
            text: page.settings.storage
        }
        InlineNote {
            objectName: "settings.storageLow"
            visible: page.settings.storageLow
            tone: "amber"
            text: qsTr("Little room is left. Answers can still be saved; send what waits, and tell your supervisor.")
        }
    }
    Fold {
        id: diagnostics
        objectName: "settings.diagnostics"
        Layout.fillWidth: true
        title: qsTr("Diagnostics to send")

        AppText {
            Layout.fillWidth: true
            text: qsTr("For whoever looks into a fault: versions, sizes and counts. There is nothing of any claim in it, and no name.")
        }
        AppText {
            objectName: "settings.diagnosticsText"
            Layout.fillWidth: true
            variant: "small"
            text: page.settings.diagnostics
        }
        SecondaryButton {
            objectName: "settings.copyDiagnostics"
            small: true
            text: qsTr("Copy")
            onClicked: page.settings.copyDiagnostics()
        }
    }

    footer: FooterBar {
        PrimaryButton {
            objectName: "button.today"
            text: qsTr("Back to Today")
            onClicked: page.session.goToday()
        }
        SecondaryButton {
            objectName: "button.lock"
            text: qsTr("Lock now")
            onClicked: page.session.lockNow()
        }
        LinkButton {
            objectName: "button.practise"
            visible: page.session.canPractise
            text: qsTr("Practise")
            onClicked: page.session.startPractice()
        }
    }
}
