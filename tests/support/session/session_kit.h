#pragma once

#include <QJsonObject>
#include <QSet>
#include <QTemporaryDir>
#include <memory>

#include "mobile/viewmodels/tablet_session.h"
#include "shared/crypto/sealed_box.h"
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
    void setImagesUnmeteredOnly(bool only) override { wifi_only = only; }
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
    bool wifi_only = false;
    bool store_open = false;
    int asked = 0;
    int saves = 0;
};

/// A watch that reaches nobody; a test gives the orders, and sees what was asked.
class FakeWatchControl final : public DeviceWatchControl {
public:
    void watch(bool locked) override { watching = locked; }
    void pendingKnown(std::uint64_t change_sets) override { pending = change_sets; }
    void askRelease(const ReleaseRequest& request) override { release = request; }
    void dropRelease() override { release.reset(); }
    void storeWiped() override { wiped = true; }
    void trust(const std::string& authorities) override { trusted = authorities; }

    bool watching = false;
    bool wiped = false;
    std::string trusted;
    std::optional<std::uint64_t> pending;
    std::optional<ReleaseRequest> release;
};

class FakeEnrolment final : public EnrolmentControl {
public:
    void enrol(const std::string&, const std::string&, std::function<void(Result<DeviceSetup>)> done) override {
        done(answer);
    }
    Result<DeviceSetup> answer = testSetup();
};

/// A camera that is fed by the test.
class FakeCamera final : public FrameSource {
public:
    State state() const override { return standing; }
    void start() override {
        ++starts;
        become(when_started);
    }
    void stop() override { become(State::Off); }
    void take() override {
        if (standing == State::On) emit taken(sees);
    }
    void become(State next) {
        standing = next;
        emit stateChanged();
        if (standing == State::On) emit frame(sees.scaled(640, 640, Qt::KeepAspectRatio));
    }

    State standing = State::Off;
    State when_started = State::On;
    QImage sees;
    int starts = 0;
};

/// A TabletSession over a real vault in a temporary folder, with the real pack, a set clock and no network.
class SessionKit {
public:
    /// With `vault`, the store exists and is locked, as after a start of the app. `speak` as in TabletParts.
    explicit SessionKit(bool vault = true, Language language = Language::English,
                        std::function<void(Language)> speak = {});

    TabletSession& session() { return *m_session; }
    FakeSyncControl& sync() { return *m_sync; }
    /// The last one made: after a wipe, the one that tells the server.
    FakeWatchControl& watch() { return *m_watch; }
    /// What the server answers when a supervisor has typed the code of this request.
    QByteArray releaseAnswer(const ReleaseRequest& request);
    /// Unlocks as Bronwen Pugh and waits until it is done.
    bool unlock(const char* passphrase = kPassphrase);
    /// The app is killed and started again on the same folder: nothing in memory survives.
    void kill();
    void waitForLoop();

    /// What the next camera that the app makes sees, and how it starts.
    QImage camera_sees = QImage(800, 600, QImage::Format_RGB32);
    FrameSource::State camera_starts = FrameSource::State::On;
    /// A real one in its place.
    std::function<std::unique_ptr<FrameSource>()> make_camera;
    /// The last one made; dangles once its page is left.
    FakeCamera* camera = nullptr;
    /// The one place where files are offered.
    QString pictureFolder() const { return m_pictures.path(); }
    std::int64_t free_bytes = 64'000'000'000;

    std::string folder() const { return m_folder.path().toStdString() + "/vault"; }

    SetClock clock;
    SeededRandom random;
    BoxKeyPair server_recovery = BoxKeyPair::make(random);
    FakeEnrolment enrolment;
    std::vector<Drive> drives;  ///< sticks that are in the tablet

private:
    void start();

    QTemporaryDir m_folder;
    QTemporaryDir m_pictures;
    Language m_language;
    std::function<void(Language)> m_speak;
    FakeSyncControl* m_sync = nullptr;
    FakeWatchControl* m_watch = nullptr;
    std::unique_ptr<TabletSession> m_session;
};

/// Gwen O'Brien (tests/support/customers): what she answers, by question id; a repeat's question as group/question.
QJsonObject gwen();
/// Another made-up customer: those of others.json by their id, with Gwen's answers where they say nothing.
QJsonObject customerNamed(const QString& id);
/// Answers the page that is open as the customer does, once; false when it is no page of questions. `asked` gets the
/// keys of what the page asked.
bool answerAs(const QJsonObject& customer, TabletSession& session, QSet<QString>* asked = nullptr);
inline bool answerAsGwen(TabletSession& session) { return answerAs(gwen(), session); }
/// From any page of a claim through all questions that are left; ends on the claim. The number of pages; -1 where the
/// story does not fit the pack.
int completeAs(const QJsonObject& customer, TabletSession& session, QSet<QString>* asked = nullptr);
inline int completeAsGwen(TabletSession& session) { return completeAs(gwen(), session); }

}  // namespace fieldclaim::tablet
