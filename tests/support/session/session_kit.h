#pragma once

#include <QJsonObject>
#include <QTemporaryDir>
#include <memory>

#include "mobile/viewmodels/tablet_session.h"
#include "tests/support/vault/vault_kit.h"

namespace fieldclaim::tablet {

/// A sync driver that reaches nobody; a test says how it stands, and sees what it was asked.
class FakeSyncControl final : public SyncControl {
public:
    SyncStatus status() const override { return standing; }
    bool isPaused() const override { return paused; }
    void setPaused(bool on) override {
        paused = on;
        emit statusChanged();
    }
    void syncNow() override { ++asked; }
    void saved() override { ++saves; }
    void storeChanged(bool open) override { store_open = open; }
    void officerChanged() override {}
    void tell(const SyncStatus& status) {
        standing = status;
        emit statusChanged();
    }

    SyncStatus standing{SyncPhase::Offline};
    bool paused = false;
    bool store_open = false;
    int asked = 0;
    int saves = 0;
};

class FakeEnrolment final : public EnrolmentControl {
public:
    void enrol(const std::string&, const std::string&, std::function<void(Result<DeviceSetup>)> done) override {
        done(answer);
    }
    Result<DeviceSetup> answer = testSetup();
};

/// A TabletSession over a real vault in a temporary folder, with the real pack, a set clock and no network.
class SessionKit {
public:
    /// With `vault`, the store exists and is locked, as after a start of the app.
    explicit SessionKit(bool vault = true);

    TabletSession& session() { return *m_session; }
    FakeSyncControl& sync() { return *m_sync; }
    /// Unlocks as Bronwen Pugh and waits until it is done.
    bool unlock(const char* passphrase = kPassphrase);
    /// The app is killed and started again on the same folder: nothing in memory survives.
    void kill();
    void waitForLoop();

    std::string folder() const { return m_folder.path().toStdString() + "/vault"; }

    SetClock clock;
    SeededRandom random;
    FakeEnrolment enrolment;

private:
    void start();

    QTemporaryDir m_folder;
    FakeSyncControl* m_sync = nullptr;
    std::unique_ptr<TabletSession> m_session;
};

/// Gwen O'Brien (tests/support/customers): what she answers, by question id; a repeat's question as group/question.
QJsonObject gwen();
/// Answers the page that is open as Gwen does, once; false when it is no page of questions.
bool answerAsGwen(TabletSession& session);
/// From any page of a claim through all questions that are left, as Gwen; ends on the claim. The number of pages.
int completeAsGwen(TabletSession& session);

}  // namespace fieldclaim::tablet
