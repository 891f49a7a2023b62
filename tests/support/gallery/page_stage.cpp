#include "tests/support/gallery/page_stage.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>
#include <QQmlComponent>
#include <QQuickItem>
#include <QTimer>
#include <QUrl>

#include "mobile/viewmodels/words.h"
#include "tests/support/probe/window_probe.h"

namespace fieldclaim::tablet {

const std::vector<PageVariant>& pageVariants() {
    static const std::vector<PageVariant> variants{
        {"light", "light", 100, 1280, 800},
        {"dark", "dark", 100, 1280, 800},
        {"contrast", "highContrast", 100, 1280, 800},
        {"text200", "light", 200, 1280, 800},
        {"welsh", "light", 100, 1280, 800, "cy"},
        {"portrait", "light", 100, 800, 1280},
        {"portrait-dark", "dark", 100, 800, 1280},
        {"portrait-contrast", "highContrast", 100, 800, 1280},
        {"portrait-text200", "light", 200, 800, 1280},
        {"portrait-welsh200", "light", 200, 800, 1280, "cy"},
    };
    return variants;
}

PageStage::~PageStage() { closeWindow(); }

void PageStage::closeWindow() {
    m_language.follow(nullptr);
    m_engine.reset();
    m_window = nullptr;
    m_shown = nullptr;
}

PageWorld& PageStage::world(PageWorld::Kind kind) {
    auto& world = m_worlds[kind];
    if (!world) {
        world =
            std::make_unique<PageWorld>(kind, Language::English, [this](Language spoken) { m_language.speak(spoken); });
    }
    return *world;
}

void PageStage::settle() {
    // What is scheduled for later may schedule more.
    for (int i = 0; i < 4; ++i) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

// A locked tablet has no settings, and its pages have the theme as it is.
void PageStage::paint(const PageVariant& variant) {
    QQmlComponent brush(m_engine.get());
    brush.setData(
        "import QtQml\nimport Fieldclaim.Theme\n"
        "QtObject {\n"
        "    required property string scheme\n"
        "    required property real textScale\n"
        "    Component.onCompleted: { Theme.scheme = scheme; Theme.textScale = textScale }\n"
        "}\n",
        QUrl());
    const std::unique_ptr<QObject> once(
        brush.createWithInitialProperties({{QStringLiteral("scheme"), QString::fromLatin1(variant.scheme)},
                                           {QStringLiteral("textScale"), variant.text_size / 100.0}}));
    ENSURE(once != nullptr);
}

QStringList PageStage::show(const PageState& state, const PageVariant& variant) {
    m_warnings.clear();
    if (m_spoilt) {
        closeWindow();
        m_worlds.erase(*m_spoilt);
        m_spoilt.reset();
    }
    auto& at = world(state.kind);
    if (m_shown != &at) {
        closeWindow();
        m_engine = std::make_unique<QQmlApplicationEngine>();
        QObject::connect(m_engine.get(), &QQmlEngine::warnings, [this](const QList<QQmlError>& list) {
            for (const auto& warning : list) m_warnings.append(warning.toString());
        });
        m_engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
        m_engine->setInitialProperties({{QStringLiteral("session"), QVariant::fromValue(&at.session())},
                                        {QStringLiteral("width"), variant.width},
                                        {QStringLiteral("height"), variant.height}});
        m_language.follow(m_engine.get());
        m_engine->load(QUrl(QStringLiteral("qrc:/qt/qml/Fieldclaim/App/Main.qml")));
        ENSURE(!m_engine->rootObjects().isEmpty());
        m_window = qobject_cast<QQuickWindow*>(m_engine->rootObjects().first());
        m_shown = &at;
    }
    at.session().setLanguage(QString::fromLatin1(variant.language));
    if (auto* settings = at.session().settings()) {
        settings->setTheme(QString::fromLatin1(variant.scheme));
        settings->setTextSize(variant.text_size);
    }
    paint(variant);
    m_window->resize(variant.width, variant.height);
    settle();
    state.show(at);
    settle();
    if (state.then) {
        state.then(*m_window);
        settle();
    }
    if (state.once) m_spoilt = state.kind;
    return m_warnings;
}

void PageStage::drawFrames(QQuickWindow* window) {
    for (int frame = 0; frame < 6; ++frame) {
        QEventLoop loop;
        QObject::connect(window, &QQuickWindow::frameSwapped, &loop, &QEventLoop::quit);
        QTimer::singleShot(200, &loop, &QEventLoop::quit);
        window->update();
        loop.exec();
    }
}

QStringList PageStage::layoutDefects() {
    drawFrames(m_window);
    return fieldclaim::testing::WindowProbe(*m_window).layoutDefects();
}

QString PageStage::page() const {
    const auto* pages = m_window->findChild<QQuickItem*>(QStringLiteral("pages"));
    return pages == nullptr ? QString() : QFileInfo(pages->property("source").toUrl().path()).baseName();
}

}  // namespace fieldclaim::tablet
