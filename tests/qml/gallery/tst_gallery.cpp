#include <QDir>
#include <QSet>
#include <QTest>

#include "tests/support/gallery/page_stage.h"

using namespace fieldclaim::tablet;

namespace {

/// Files of qml/Pages that are whole pages, not parts of one: they are named so.
QStringList pagesOfTheApp() {
    QStringList out;
    const QDir folder(QStringLiteral(FIELDCLAIM_SOURCE_DIR "/qml/Pages"));
    for (const auto& name : folder.entryList({QStringLiteral("*Page.qml")})) out.append(QString(name).chopped(4));
    return out;
}

}  // namespace

/// screens.md: each screen has its place in the gallery, in each of its states, and opens there without a complaint.
class GalleryTest : public QObject {
    Q_OBJECT

private slots:
    void everyPageOfTheAppIsInTheGallery() {
        QSet<QString> shown;
        QSet<QString> names;
        for (const auto& state : pageStates()) {
            shown.insert(QString::fromLatin1(state.page));
            QVERIFY2(!names.contains(QString::fromLatin1(state.name)), state.name);
            names.insert(QString::fromLatin1(state.name));
        }
        const auto pages = pagesOfTheApp();
        QVERIFY(pages.size() > 10);
        for (const auto& page : pages) {
            QVERIFY2(shown.contains(page),
                     qPrintable(page + QStringLiteral(" has no state in tests/support/gallery/page_states.cpp")));
        }
        for (const auto& page : shown) QVERIFY2(pages.contains(page), qPrintable(page + QStringLiteral(" is gone")));
    }

    // Those that need the most room meet every page; the others take turns, so that each meets some at little cost.
    // fieldclaim-gallery --check takes all of them.
    void everyStateOpensWithoutAComplaintAndFitsItsPlace() {
        static const QStringList kWidest{QStringLiteral("welsh"), QStringLiteral("portrait-welsh200")};
        const auto& variants = pageVariants();
        PageStage stage;
        QStringList wrong;
        for (std::size_t at = 0; at < variants.size(); ++at) {
            for (std::size_t place = 0; place < pageStates().size(); ++place) {
                const auto& state = pageStates()[place];
                const auto name = QLatin1String(variants[at].name);
                if (place % variants.size() != at && !kWidest.contains(name)) continue;
                const auto where = QStringLiteral("%1 (%2): ").arg(QLatin1String(state.name), name);
                for (const auto& complaint : stage.show(state, variants[at])) wrong.append(where + complaint);
                for (const auto& defect : stage.layoutDefects()) wrong.append(where + defect);
                if (stage.page() != QLatin1String(state.page)) wrong.append(where + stage.page());
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }
};

int main(int argc, char** argv) {
    QGuiApplication app(argc, argv);
    GalleryTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_gallery.moc"
