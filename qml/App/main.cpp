#include <QGuiApplication>

#include "qml/App/tablet_app.h"

int main(int argc, char** argv) {
    QGuiApplication app(argc, argv);
    fieldclaim::tablet::setUpApplication(app);
    fieldclaim::tablet::TabletApp tablet(fieldclaim::tablet::TabletOptions::fromArguments(app));
    return tablet.show() ? QGuiApplication::exec() : 1;
}
