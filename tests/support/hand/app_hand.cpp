#include "tests/support/hand/app_hand.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

#include "shared/base/result.h"

namespace fieldclaim::testing {
namespace {

constexpr int kFrameWithin_ms = 5'000;
constexpr int kMostFrames = 20;

}  // namespace

AppHand::AppHand(tablet::TabletSession& session, QSize size, const std::function<void(QQmlEngine&)>& with_engine) {
    if (with_engine) with_engine(engine);
    QObject::connect(&engine, &QQmlEngine::warnings, [this](const QList<QQmlError>& list) {
        for (const auto& warning : list) warnings.append(warning.toString());
    });
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.setInitialProperties({{QStringLiteral("session"), QVariant::fromValue(&session)},
                                 {QStringLiteral("width"), size.width()},
                                 {QStringLiteral("height"), size.height()}});
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Fieldclaim/App/Main.qml")));
    ENSURE(!engine.rootObjects().isEmpty());
    window = qobject_cast<QQuickWindow*>(engine.rootObjects().first());
    ENSURE(window != nullptr);
    probe = std::make_unique<WindowProbe>(*window);
    ENSURE(QTest::qWaitForWindowExposed(window));
    window->requestActivate();  // there may be no window manager
    ENSURE(QTest::qWaitForWindowActive(window));
    settle();
}

void AppHand::settle() {
    // More than once: what is scheduled for later may schedule more.
    for (int i = 0; i < 3; ++i) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    QTest::qWait(1);
}

QQuickItem* AppHand::seen(const QString& name) const {
    auto* item = probe->find(name);
    return item != nullptr && item->isVisible() ? item : nullptr;
}

QString AppHand::textOf(const QString& name) const {
    const auto* item = seen(name);
    return item != nullptr ? item->property("text").toString() : QString();
}

QRectF AppHand::boxOf(const QString& name) {
    QRectF box;
    for (int frames = 0; frames < kMostFrames; ++frames) {
        auto* item = probe->find(name);
        if (item == nullptr) return {};
        probe->scrollTo(*item);
        QSignalSpy drawn(window, &QQuickWindow::frameSwapped);
        window->update();
        if (!drawn.wait(kFrameWithin_ms)) return {};
        settle();
        // It may have been made anew meanwhile.
        item = probe->find(name);
        if (item == nullptr) return {};
        const auto now = probe->seen(*item);
        if (!now.isEmpty() && now == box) break;
        box = now;
    }
    return box;
}

bool AppHand::click(const QString& name) {
    const auto* item = seen(name);
    if (item == nullptr || !item->isEnabled()) {
        qWarning("cannot click %s on %s", qPrintable(name), qPrintable(probe->pageName()));
        return false;
    }
    const auto box = boxOf(name);
    if (box.isEmpty()) {
        qWarning("%s cannot be seen on %s", qPrintable(name), qPrintable(probe->pageName()));
        return false;
    }
    QTest::mouseClick(window, Qt::LeftButton, Qt::NoModifier, box.center().toPoint());
    settle();
    return true;
}

void AppHand::drag(QPointF from, QPointF to) {
    QTest::mousePress(window, Qt::LeftButton, Qt::NoModifier, from.toPoint());
    for (int i = 1; i <= 10; ++i) QTest::mouseMove(window, (from + (to - from) * i / 10).toPoint());
    QTest::mouseRelease(window, Qt::LeftButton, Qt::NoModifier, to.toPoint());
    settle();
}

void AppHand::key(int code, Qt::KeyboardModifiers modifiers) {
    QTest::keyClick(window, static_cast<Qt::Key>(code), modifiers);
    settle();
}

void AppHand::type(const QString& text) {
    for (const auto character : text)
        QTest::sendKeyEvent(QTest::Click, window, Qt::Key_unknown, character, Qt::NoModifier);
    settle();
}

bool AppHand::fill(const QString& name, const QString& text) {
    if (!click(name)) return false;
    QTest::keyClick(window, Qt::Key_A, Qt::ControlModifier);
    type(text);
    return true;
}

void AppHand::shot(const QString& name) {
    static const auto folder = qEnvironmentVariable("FIELDCLAIM_SHOTS");
    if (folder.isEmpty()) return;
    settle();
    QTest::qWait(150);
    window->grabWindow().save(QDir(folder).filePath(name + QStringLiteral(".png")));
}

}  // namespace fieldclaim::testing
