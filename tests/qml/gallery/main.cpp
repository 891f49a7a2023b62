// Shows the design system, or takes its pictures and leaves.
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QGuiApplication>
#include <QImage>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTextStream>
#include <QTimer>

namespace {

struct Variant {
    const char* name;
    const char* scheme;
    double text_scale;
    int width;
    int height;
};

constexpr Variant kVariants[] = {
    {"light", "light", 1, 1280, 800},
    {"dark", "dark", 1, 1280, 800},
    {"contrast", "highContrast", 1, 1280, 800},
    {"text200", "light", 2, 1280, 800},
    {"portrait", "light", 1, 800, 1280},
    {"portrait-dark", "dark", 1, 800, 1280},
    {"portrait-contrast", "highContrast", 1, 800, 1280},
    {"portrait-text200", "light", 2, 800, 1280},
};

// Pages lay themselves out over a few frames; this lets them come to rest.
void settle(QQuickWindow* window) {
    for (int frame = 0; frame < 6; ++frame) {
        QEventLoop loop;
        QObject::connect(window, &QQuickWindow::frameSwapped, &loop, &QEventLoop::quit);
        QTimer::singleShot(200, &loop, &QEventLoop::quit);
        window->update();
        loop.exec();
    }
}

}  // namespace

int main(int argc, char** argv) {
    QGuiApplication app(argc, argv);
    QGuiApplication::setApplicationName(QStringLiteral("fieldclaim-gallery"));
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption shots(QStringLiteral("shots"), QStringLiteral("Write pictures to this folder and leave."),
                                   QStringLiteral("folder"));
    const QCommandLineOption only(QStringLiteral("only"), QStringLiteral("Only this page."), QStringLiteral("page"));
    const QCommandLineOption variant_option(QStringLiteral("variant"), QStringLiteral("Only this variant."),
                                            QStringLiteral("variant"));
    parser.addOptions({shots, only, variant_option});
    parser.process(app);

    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Fieldclaim/Gallery/Gallery.qml")));
    if (engine.rootObjects().isEmpty()) return 1;
    auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
    if (parser.isSet(only) && !parser.isSet(shots)) window->setProperty("page", parser.value(only));
    if (!parser.isSet(shots)) return QGuiApplication::exec();

    const QDir folder(parser.value(shots));
    if (!folder.mkpath(QStringLiteral("."))) return 1;
    QTextStream out(stdout);
    const QStringList pages = window->property("pageNames").toStringList();
    for (const QString& page : pages) {
        if (parser.isSet(only) && page.compare(parser.value(only), Qt::CaseInsensitive) != 0) continue;
        for (const Variant& variant : kVariants) {
            if (parser.isSet(variant_option) && parser.value(variant_option) != QLatin1String(variant.name)) continue;
            window->setProperty("scheme", QString::fromLatin1(variant.scheme));
            window->setProperty("textScale", variant.text_scale);
            window->setProperty("chrome", false);
            window->resize(variant.width, variant.height);
            window->setProperty("page", page);
            settle(window);
            const QString file = folder.filePath(QStringLiteral("%1-%2.png").arg(page.toLower(), variant.name));
            if (!window->grabWindow().save(file)) return 1;
            out << file << Qt::endl;
        }
    }
    return 0;
}
