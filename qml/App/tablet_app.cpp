#include "qml/App/tablet_app.h"

#include <QCommandLineParser>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFont>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QInputEvent>
#include <QQmlApplicationEngine>
#include <QStandardPaths>
#include <QStorageInfo>

#include "mobile/camera/qt_camera.h"
#include "mobile/platform/system_clock.h"
#include "qml/App/app_language.h"
#include "qml/App/network.h"
#include "qml/App/removable_drives.h"
#include "shared/crypto/crypto.h"

namespace fieldclaim::tablet {
namespace {

/// A pack's files, as they lie in a folder; an empty list is refused where it is loaded, with what is missing.
PackFiles readPack(const QString& folder) {
    PackFiles files;
    const QDir directory(folder);
    for (const auto& name : directory.entryList({QStringLiteral("*.csv")}, QDir::Files)) {
        QFile file(directory.filePath(name));
        if (file.open(QIODevice::ReadOnly)) files[name.toStdString()] = file.readAll().toStdString();
    }
    return files;
}

/// Keys with which one goes about a page; those that type say nothing of how one does.
bool leads(int key) {
    switch (key) {
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Escape:
        case Qt::Key_Up:
        case Qt::Key_Down:
            return true;
        default:
            return false;
    }
}

/// Tells the session that somebody is there: whatever is touched, typed or moved puts the idle lock off. And tells the
/// window whether they work with the keyboard.
class ActivityFilter final : public QObject {
public:
    ActivityFilter(TabletSession& session, std::function<void(bool)> keyboard)
        : m_session(session), m_keyboard(std::move(keyboard)) {}
    bool eventFilter(QObject* watched, QEvent* event) override {
        switch (event->type()) {
            case QEvent::KeyPress:
                m_session.noteActivity();
                if (leads(static_cast<QKeyEvent*>(event)->key())) m_keyboard(true);
                break;
            case QEvent::MouseButtonPress:
            case QEvent::TouchBegin:
            case QEvent::TabletPress:
                m_keyboard(false);
                m_session.noteActivity();
                break;
            case QEvent::Wheel:
                m_session.noteActivity();
                break;
            default:
                break;
        }
        return QObject::eventFilter(watched, event);
    }

private:
    TabletSession& m_session;
    std::function<void(bool)> m_keyboard;
};

}  // namespace

void setUpApplication(QGuiApplication& app) {
    QGuiApplication::setApplicationName(QStringLiteral("fieldclaim-tablet"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Fieldclaim"));
    QGuiApplication::setApplicationVersion(QStringLiteral(FIELDCLAIM_VERSION));
    app.setFont(QFont(QFontDatabase::families().contains(QStringLiteral("Inter")) ? QStringLiteral("Inter")
                                                                                  : QStringLiteral("Noto Sans")));
}

TabletOptions TabletOptions::fromArguments(const QGuiApplication& app) {
    QCommandLineParser parser;
    // The command line is for those who install it, in English like the server's.
    parser.setApplicationDescription(QStringLiteral("Takes claims where there is no network."));
    parser.addHelpOption();
    parser.addVersionOption();
    const auto text = [](const char* words) { return QString::fromLatin1(words); };
    const QCommandLineOption data(QStringLiteral("data"), text("Folder of the encrypted store."),
                                  QStringLiteral("folder"),
                                  QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    const QCommandLineOption server(QStringLiteral("server"), text("Server proposed at set-up."),
                                    QStringLiteral("url"));
    const QCommandLineOption clock(QStringLiteral("clock-at"),
                                   text("For demonstrations: start the clock at this moment."), QStringLiteral("iso"));
    const QCommandLineOption pack(QStringLiteral("pack"), text("Folder of the form pack until one is fetched."),
                                  QStringLiteral("folder"));
    const QCommandLineOption window(QStringLiteral("window"), text("Size of the window."), QStringLiteral("WxH"),
                                    QStringLiteral("1280x800"));
    const QCommandLineOption offline(QStringLiteral("offline-file"),
                                     text("For demonstrations: no network while this file exists."),
                                     QStringLiteral("file"));
    for (const auto& option : {data, server, clock, pack, window, offline}) parser.addOption(option);
    parser.process(app);

    TabletOptions options;
    options.data = parser.value(data);
    options.server = parser.value(server);
    options.pack = parser.value(pack);
    options.offline_file = parser.value(offline);
    const auto size = parser.value(window).split(QLatin1Char('x'));
    if (size.size() != 2 || size[0].toInt() < 320 || size[1].toInt() < 480) {
        qCritical("--window is two sizes, for example 1280x800");
        std::exit(2);  // NOLINT(concurrency-mt-unsafe): no other thread is there yet.
    }
    options.width = size[0].toInt();
    options.height = size[1].toInt();
    if (parser.isSet(clock)) {
        const auto moment = QDateTime::fromString(parser.value(clock), Qt::ISODate);
        if (!moment.isValid()) {
            qCritical("--clock-at is a moment, for example 2007-01-15T09:12:00");
            std::exit(2);  // NOLINT(concurrency-mt-unsafe): no other thread is there yet.
        }
        options.clock_at_ms = moment.toMSecsSinceEpoch();
    }
    return options;
}

struct TabletApp::Impl {
    explicit Impl(const TabletOptions& given)
        : options(given), app_language(QDir(options.data).filePath(QStringLiteral("language"))) {
        if (options.clock_at_ms) demo_clock.emplace(system_clock, *options.clock_at_ms);
        const Clock& clock = demo_clock ? static_cast<const Clock&>(*demo_clock) : system_clock;
        network = makeNetwork({options.data.toStdString(), options.offline_file}, clock, random);
        TabletParts parts;
        parts.folder = options.data.toStdString();
        parts.server = options.server;
        parts.clock = &clock;
        parts.random = &random;
        parts.pack = readPack(options.pack);
        parts.enrolment = &network->enrolment();
        parts.language = app_language.first();
        parts.speak = [this](Language language) { app_language.speak(language); };
        parts.make_sync = [this](Vault& vault) { return network->makeSync(vault); };
        parts.make_watch = [this](const DeviceState& state, const DeviceKey& key) {
            return network->makeWatch(state, key);
        };
        parts.pictures.make_camera = [] { return std::make_unique<QtCamera>(); };
        parts.pictures.free_bytes = [folder = options.data] {
            const QStorageInfo disk(folder);
            return disk.isValid() ? disk.bytesAvailable() : -1;
        };
        parts.drives = removableDrives;
        session = std::make_unique<TabletSession>(std::move(parts));
        activity = std::make_unique<ActivityFilter>(*session, [this](bool keyboard) {
            if (engine && !engine->rootObjects().isEmpty())
                engine->rootObjects().constFirst()->setProperty("keyboard", keyboard);
        });
    }
    ~Impl() {
        // The pages go before what they show.
        app_language.follow(nullptr);
        engine.reset();
    }

    TabletOptions options;
    AppLanguage app_language;
    SystemClock system_clock;
    std::optional<DemoClock> demo_clock;
    SystemRandom random;
    std::unique_ptr<Network> network;
    std::unique_ptr<TabletSession> session;
    std::unique_ptr<ActivityFilter> activity;
    std::unique_ptr<QQmlApplicationEngine> engine;
};

TabletApp::TabletApp(const TabletOptions& options) {
    QDir().mkpath(options.data);
    m_impl = std::make_unique<Impl>(options);
    QCoreApplication::instance()->installEventFilter(m_impl->activity.get());
}

TabletApp::~TabletApp() = default;

bool TabletApp::show() {
    m_impl->engine = std::make_unique<QQmlApplicationEngine>();
    m_impl->app_language.follow(m_impl->engine.get());
    m_impl->engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
    m_impl->engine->setInitialProperties({{QStringLiteral("session"), QVariant::fromValue(m_impl->session.get())},
                                          {QStringLiteral("width"), m_impl->options.width},
                                          {QStringLiteral("height"), m_impl->options.height}});
    m_impl->engine->load(QUrl(QStringLiteral("qrc:/qt/qml/Fieldclaim/App/Main.qml")));
    // Where there is no window manager nobody else gives it the keyboard.
    if (window() != nullptr) window()->requestActivate();
    return window() != nullptr;
}

QQuickWindow* TabletApp::window() const {
    return m_impl->engine ? qobject_cast<QQuickWindow*>(m_impl->engine->rootObjects().value(0)) : nullptr;
}

TabletSession& TabletApp::session() const { return *m_impl->session; }

}  // namespace fieldclaim::tablet
