#include <QGuiApplication>

#include "qml/App/tablet_app.h"
#include "tests/support/probe/probe_server.h"

// fieldclaim-tablet with a probe: FIELDCLAIM_PROBE names the local socket (default fieldclaim-probe).
int main(int argc, char** argv) {
    QGuiApplication app(argc, argv);
    fieldclaim::tablet::setUpApplication(app);
    fieldclaim::tablet::TabletApp tablet(fieldclaim::tablet::TabletOptions::fromArguments(app));
    if (!tablet.show()) return 1;
    fieldclaim::testing::ProbeServer probe(
        *tablet.window(), qEnvironmentVariable("FIELDCLAIM_PROBE", QStringLiteral("fieldclaim-probe")));
    if (!probe.problem().isEmpty()) {
        qCritical("the probe does not listen: %s", qPrintable(probe.problem()));
        return 1;
    }
    return QGuiApplication::exec();
}
