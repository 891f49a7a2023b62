#pragma once

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "tests/integration/journey/main_journey.h"
#include "tests/support/window/display.h"
#include "tests/support/window/world.h"

namespace fieldclaim::journey {

inline Programs builtPrograms() {
    return {FIELDCLAIM_SERVER_PROGRAM, FIELDCLAIM_STANDIN_PROGRAM, FIELDCLAIM_TABLET_PROGRAM, FIELDCLAIM_CLI_PROGRAM,
            FIELDCLAIM_SOURCE_DIR "/shared/packs/working-age"};
}

inline Customer gwen() { return Customer::read(FIELDCLAIM_SOURCE_DIR "/tests/support/customers/gwen_obrien.json"); }

/// Another made-up customer: those of others.json by their id, with Gwen's answers where they say nothing.
inline Customer customerNamed(const QString& id) {
    QFile file(FIELDCLAIM_SOURCE_DIR "/tests/support/customers/others.json");
    if (!file.open(QIODevice::ReadOnly)) throw Stuck("no customers");
    for (const auto& one : QJsonDocument::fromJson(file.readAll()).array()) {
        if (one.toObject()["id"].toString() != id) continue;
        auto customer = gwen();
        const auto answers = one.toObject()["answers"].toObject();
        for (auto at = answers.begin(); at != answers.end(); ++at)
            customer = customer.with(at.key(), at.value().toString());
        return customer;
    }
    throw Stuck("no customer " + id.toStdString());
}

/// A folder for a test's world and its pictures, made anew: they can be looked at afterwards.
inline QString freshFolder(const QString& name) {
    QDir folder(QString(FIELDCLAIM_BINARY_DIR "/journeys/") + name);
    folder.removeRecursively();
    folder.mkpath(".");
    return folder.path();
}

}  // namespace fieldclaim::journey

/// A journey in a test: where it gets stuck, the test fails with where and why.
#define JOURNEY(...)                                    \
    try {                                               \
        __VA_ARGS__                                     \
    } catch (const fieldclaim::journey::Stuck& stuck) { \
        QFAIL(stuck.what());                            \
    }
