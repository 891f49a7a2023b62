import QtQuick
import QtQuick.Window
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The window: shows the page of the place where the officer is, with its view-models. A page is made afresh for every
// place, so nothing of the one before is left on it.
Window {
    id: window

    required property TabletSession session
    // Set by the app: the last thing pressed was a key.
    property bool keyboard: false

    // While the officer practises, the session of practice is shown in this one's place.
    readonly property TabletSession shown: session.practice ? session.practice : session

    function show() {
        const s = shown;
        const claim = s.claim;
        switch (s.state) {
        case "setup":
            return place("SetupPage", { session: s, setup: s.setup });
        case "locked":
            return place("UnlockPage", { session: s, unlock: s.unlock });
        case "failed":
            return place("FailurePage", { session: s });
        }
        switch (s.page) {
        case "search":
            return place("SearchPage", { session: s, today: s.today });
        case "sending":
            return place("SendingPage", { session: s, sending: s.sending });
        case "officers":
            return place("OfficersPage", { session: s, officers: s.officers });
        case "passphrase":
            return place("PassphrasePage", { session: s, passphrase: s.passphrase });
        case "settings":
            return place("SettingsPage", { session: s, settings: s.settings });
        case "claim":
            return place("ClaimPage", { session: s, claim: claim });
        case "question":
            return place("QuestionPage", { session: s, claim: claim, question: s.question });
        case "history":
            return place("AnswerHistoryPage", { session: s, claim: claim, history: s.answerHistory });
        case "date":
            return place("CorrectDatePage", { session: s, claim: claim, correction: s.correctDate });
        case "benefits":
            return place("BenefitsPage", { session: s, claim: claim, firstContact: s.firstContact });
        case "check":
            return place("CheckAnswersPage", { session: s, claim: claim, checkAnswers: s.checkAnswers });
        case "evidence":
            return place("EvidencePage", { session: s, claim: claim, evidence: s.evidence });
        case "picture":
            return place("PicturePage", { session: s, claim: claim, picture: s.picture });
        case "sign":
            return place("SignPage", { session: s, claim: claim, declaration: s.declaration });
        case "receipt":
            return place("ReceiptPage", { session: s, claim: claim, declaration: s.declaration });
        case "conflict":
            return place("ConflictPage", { session: s, claim: claim, conflict: s.conflict });
        case "duplicate":
            return place("DuplicatePage", { session: s, claim: claim, duplicate: s.duplicate });
        case "practice":
            return place("PracticePage", { session: s, practice: s.practiceTasks });
        case "board":
            return place("BoardPage", { session: s, board: s.board });
        }
        return place("TodayPage", { session: s, today: s.today });
    }

    property bool isComplete: false

    function begin() {
        applySettings();
        show();
    }

    function place(name: string, properties: var) {
        pages.setSource("qrc:/qt/qml/Fieldclaim/Pages/" + name + ".qml", properties);
    }

    function applySettings() {
        if (!shown.settings)
            return;
        Theme.scheme = shown.settings.theme;
        Theme.textScale = shown.settings.textSize / 100;
    }

    title: qsTr("Fieldclaim")
    visible: true
    color: Theme.ground
    onShownChanged: if (isComplete) begin()
    Component.onCompleted: {
        isComplete = true;
        begin();
    }

    onKeyboardChanged: Theme.keyboard = keyboard

    Connections {
        target: window.shown
        function onStateChanged() {
            window.applySettings();
            if (window.shown.state !== "unlocked")
                window.show();
        }
        function onPlaceChanged() {
            if (window.shown.state === "unlocked")
                window.show();
        }
        function onNoticeChanged() {
            if (window.shown.notice.length > 0)
                live.announce(window.shown.notice);
        }
    }
    Connections {
        target: window.shown.settings
        function onChanged() {
            window.applySettings();
        }
    }
    Loader {
        id: pages
        objectName: "pages"
        anchors.fill: parent
        focus: true
    }
    LiveRegion {
        id: live
        objectName: "live"
    }
}
