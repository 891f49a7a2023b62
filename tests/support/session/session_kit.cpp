#include "tests/support/session/session_kit.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QThread>

#include "tests/support/forms/claim_sketch.h"

namespace fieldclaim::tablet {
namespace {

constexpr int kPatience_ms = 20'000;

template <typename Condition>
bool waitFor(const Condition& condition) {
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > kPatience_ms) return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    }
    return true;
}

}  // namespace

SessionKit::SessionKit(bool vault, Language language, std::function<void(Language)> speak)
    : m_language(language), m_speak(std::move(speak)) {
    if (vault) {
        auto setup = testSetup();
        setup.recovery_key = server_recovery.public_key;
        const auto made = Vault::create(folder(), setup, testOfficer("Bronwen Pugh"), clock, random, quickOptions());
        ENSURE(made.has_value());
    }
    start();
}

void SessionKit::start() {
    TabletParts parts;
    parts.folder = folder();
    parts.server = QStringLiteral("https://localhost:1");
    parts.clock = &clock;
    parts.random = &random;
    parts.pack = missionFiles();
    parts.vault_options = quickOptions();
    parts.enrolment = &enrolment;
    parts.language = m_language;
    parts.speak = m_speak;
    parts.make_sync = [this](Vault&) {
        auto sync = std::make_unique<FakeSyncControl>();
        m_sync = sync.get();
        return sync;
    };
    parts.make_watch = [this](const DeviceState&, const DeviceKey&) {
        auto watch = std::make_unique<FakeWatchControl>();
        m_watch = watch.get();
        return watch;
    };
    parts.pictures.make_camera = [this]() -> std::unique_ptr<FrameSource> {
        if (make_camera) return make_camera();
        auto made = std::make_unique<FakeCamera>();
        made->sees = camera_sees;
        made->when_started = camera_starts;
        camera = made.get();
        return made;
    };
    parts.pictures.places = [this] {
        return QList<FolderEntry>{{pictureFolder(), QStringLiteral("Pictures"), true, 0, {}}};
    };
    parts.pictures.free_bytes = [this] { return free_bytes; };
    parts.drives = [this] { return drives; };
    m_session = std::make_unique<TabletSession>(std::move(parts));
}

QByteArray SessionKit::releaseAnswer(const ReleaseRequest& request) {
    const auto device = testSetup().device;
    const auto secret = openSealed(server_recovery.secret, request.recovery, recoveryContext(device, request.officer));
    ENSURE(secret.has_value());
    const auto sealed = sealTo(request.one_time_key, *secret, releaseContext(device, request), random);
    return {reinterpret_cast<const char*>(sealed->data()), static_cast<qsizetype>(sealed->size())};
}

bool SessionKit::unlock(const char* passphrase) {
    m_session->unlock()->unlock(QString::fromUtf8(passphrase));
    return waitFor([this] { return m_session->state() == QStringLiteral("unlocked"); });
}

void SessionKit::kill() {
    m_session.reset();
    start();
}

void SessionKit::waitForLoop() {
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCoreApplication::processEvents();
}

QJsonObject gwen() {
    QFile file(QStringLiteral(FIELDCLAIM_SOURCE_DIR "/tests/support/customers/gwen_obrien.json"));
    ENSURE(file.open(QIODevice::ReadOnly));
    return QJsonDocument::fromJson(file.readAll()).object();
}

QJsonObject customerNamed(const QString& id) {
    QFile file(QStringLiteral(FIELDCLAIM_SOURCE_DIR "/tests/support/customers/others.json"));
    ENSURE(file.open(QIODevice::ReadOnly));
    auto answers = gwen();
    for (const auto& each : QJsonDocument::fromJson(file.readAll()).array()) {
        if (each.toObject()[QStringLiteral("id")].toString() != id) continue;
        const auto own = each.toObject()[QStringLiteral("answers")].toObject();
        for (auto at = own.begin(); at != own.end(); ++at) answers[at.key()] = at.value();
        return answers;
    }
    ENSURE(id == QStringLiteral("gwen"));
    return answers;
}

bool answerAs(const QJsonObject& customer, TabletSession& session, QSet<QString>* asked) {
    const auto note = [&](const QString& key) {
        if (asked != nullptr) asked->insert(key);
    };
    if (session.page() == QStringLiteral("benefits")) {
        note(QStringLiteral("benefits_claimed"));
        for (const auto& name : customer[QStringLiteral("benefits_claimed")].toString().split(QLatin1Char(' '))) {
            session.firstContact()->tick(name, true);
        }
        if (session.firstContact()->differs()) {
            note(QStringLiteral("choice_differs"));
            session.firstContact()->saveWhy(customer[QStringLiteral("choice_differs")].toString());
        }
        return true;
    }
    if (session.page() != QStringLiteral("question")) return false;
    auto& page = *session.question();
    // Answering one question can bring up the next one on the same page.
    for (int row = 0; row < page.questions()->count(); ++row) {
        const auto key = page.questions()->value(row, "key").toString();
        const auto id = page.questions()->value(row, "questionId").toString();
        const auto group =
            key.contains(QLatin1Char('/')) ? key.section(QLatin1Char('/'), 0, 0) + QLatin1Char('/') : QString();
        const auto value = customer[group + id].toString();
        note(key);
        if (!value.isEmpty()) page.answer(key, value);
    }
    return true;
}

int completeAs(const QJsonObject& customer, TabletSession& session, QSet<QString>* asked) {
    constexpr int kMostPages = 200;
    for (int pages = 0; pages < kMostPages; ++pages) {
        if (session.page() == QStringLiteral("benefits")) {
            answerAs(customer, session, asked);
            session.firstContact()->goOn();
        } else if (session.page() == QStringLiteral("question")) {
            if (session.question()->isCards() && session.question()->cards()->count() == 0) {
                session.question()->addInstance();
                continue;
            }
            answerAs(customer, session, asked);
            const auto before = session.question();
            session.question()->goOn();
            if (session.question() != before) continue;
            for (const auto& error : before->errors()) {
                qWarning("%s: %s", qPrintable(before->pageId()),
                         qPrintable(error.toMap()[QStringLiteral("text")].toString()));
            }
            return -1;
        } else {
            return pages;
        }
    }
    return -1;
}

}  // namespace fieldclaim::tablet
