// Shows every control and every page of the app in its states, or takes their pictures and leaves.
#include <QCommandLineParser>
#include <QDir>
#include <QEventLoop>
#include <QGuiApplication>
#include <QImage>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTextStream>
#include <QTimer>

#include "tests/support/gallery/page_stage.h"

using namespace fieldclaim::tablet;

namespace {

/// What is asked for on the command line; nothing asks for all.
struct Choice {
    QString only;
    QString variant;

    bool takes(const QString& name) const { return only.isEmpty() || name.compare(only, Qt::CaseInsensitive) == 0; }
    bool takes(const PageState& state) const {
        return takes(QString::fromLatin1(state.name)) || takes(QString::fromLatin1(state.page));
    }
    bool takes(const PageVariant& one) const { return variant.isEmpty() || variant == QLatin1String(one.name); }
};

bool shoot(QQuickWindow* window, const QDir& folder, const QString& name, const PageVariant& variant,
           QTextStream& out) {
    PageStage::drawFrames(window);
    const auto file = folder.filePath(QStringLiteral("%1-%2.png").arg(name, QLatin1String(variant.name)));
    out << file << Qt::endl;
    return window->grabWindow().save(file);
}

bool shootControls(QQuickWindow* window, const QDir& folder, const Choice& choice, QTextStream& out) {
    window->setProperty("chrome", false);
    for (const QString& page : window->property("pageNames").toStringList()) {
        if (!choice.takes(page)) continue;
        for (const auto& variant : pageVariants()) {
            // The controls' own texts are in English.
            if (!choice.takes(variant) || QLatin1String(variant.language) != QLatin1String("en")) continue;
            window->setProperty("scheme", QString::fromLatin1(variant.scheme));
            window->setProperty("textScale", variant.text_size / 100.0);
            window->resize(variant.width, variant.height);
            window->setProperty("page", page);
            if (!shoot(window, folder, QStringLiteral("control-") + page.toLower(), variant, out)) return false;
        }
    }
    return true;
}

bool shootPages(const QDir& folder, const Choice& choice, QTextStream& out) {
    PageStage stage;
    for (const auto& variant : pageVariants()) {
        if (!choice.takes(variant)) continue;
        for (const auto& state : pageStates()) {
            if (!choice.takes(state)) continue;
            for (const auto& complaint : stage.show(state, variant)) qWarning("%s", qPrintable(complaint));
            if (!shoot(stage.window(), folder, QString::fromLatin1(state.name), variant, out)) return false;
        }
    }
    return true;
}

/// Says what does not fit, and where. False when anything does not.
bool checkPages(const Choice& choice, QTextStream& out) {
    PageStage stage;
    bool all_fit = true;
    for (const auto& variant : pageVariants()) {
        if (!choice.takes(variant)) continue;
        for (const auto& state : pageStates()) {
            if (!choice.takes(state)) continue;
            auto found = stage.show(state, variant);
            found += stage.layoutDefects();
            for (const auto& wrong : found) {
                out << state.name << " (" << variant.name << "): " << wrong << Qt::endl;
                all_fit = false;
            }
        }
    }
    return all_fit;
}

}  // namespace

int main(int argc, char** argv) {
    QGuiApplication app(argc, argv);
    QGuiApplication::setApplicationName(QStringLiteral("fieldclaim-gallery"));
    QGuiApplication::setQuitOnLastWindowClosed(false);
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption shots(QStringLiteral("shots"), QStringLiteral("Write pictures to this folder and leave."),
                                   QStringLiteral("folder"));
    const QCommandLineOption check(QStringLiteral("check"),
                                   QStringLiteral("Say what does not fit on a page, and leave; 1 when anything."));
    const QCommandLineOption only(QStringLiteral("only"), QStringLiteral("Only this page, or this state of one."),
                                  QStringLiteral("name"));
    const QCommandLineOption variant_option(QStringLiteral("variant"), QStringLiteral("Only this variant."),
                                            QStringLiteral("variant"));
    const QCommandLineOption list(QStringLiteral("list"), QStringLiteral("Say what there is, and leave."));
    parser.addOptions({shots, check, only, variant_option, list});
    parser.process(app);
    QTextStream out(stdout);
    QStringList states;
    QStringList variants;
    for (const auto& state : pageStates()) states.append(QString::fromLatin1(state.name));
    for (const auto& variant : pageVariants()) variants.append(QString::fromLatin1(variant.name));

    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.setInitialProperties({{QStringLiteral("stateNames"), states}, {QStringLiteral("variantNames"), variants}});
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Fieldclaim/Gallery/Gallery.qml")));
    if (engine.rootObjects().isEmpty()) return 1;
    auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
    if (parser.isSet(list)) {
        for (const auto& page : window->property("pageNames").toStringList()) out << page << Qt::endl;
        for (const auto& state : pageStates()) out << state.name << " (" << state.page << ')' << Qt::endl;
        out << "variants: " << variants.join(QStringLiteral(", ")) << Qt::endl;
        return 0;
    }
    const Choice choice{parser.value(only), parser.value(variant_option)};
    if (parser.isSet(shots)) {
        const QDir folder(parser.value(shots));
        if (!folder.mkpath(QStringLiteral("."))) return 1;
        if (!shootControls(window, folder, choice, out)) return 1;
        window->hide();
        return shootPages(folder, choice, out) ? 0 : 1;
    }

    if (parser.isSet(check)) {
        window->hide();
        return checkPages(choice, out) ? 0 : 1;
    }

    PageStage stage;
    QObject::connect(window, &QQuickWindow::visibleChanged, &app, [&](bool visible) {
        if (!visible) QGuiApplication::quit();
    });
    // From the chooser's own event: the stage's window is made when that has returned.
    QTimer later;
    later.setSingleShot(true);
    later.setInterval(0);
    QObject::connect(&later, &QTimer::timeout, window, [&] {
        const auto state = window->property("shownState").toString();
        const auto variant = window->property("shownVariant").toString();
        for (const auto& each : pageStates()) {
            if (state != QLatin1String(each.name)) continue;
            for (const auto& look : pageVariants()) {
                if (variant == QLatin1String(look.name)) stage.show(each, look);
            }
        }
    });
    QObject::connect(window, SIGNAL(shownChanged()), &later, SLOT(start()));
    return QGuiApplication::exec();
}
