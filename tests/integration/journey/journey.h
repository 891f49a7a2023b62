#pragma once

#include <QJsonObject>
#include <QString>

#include "tests/integration/journey/app_window.h"
#include "tests/integration/journey/input.h"

namespace fieldclaim::journey {

/// What the journey is given: where things are, and who the customer is.
struct Setting {
    QString tablet;         ///< the demonstration tablet's program
    QStringList arguments;  ///< --data and the rest
    QString probe;          ///< local socket's name
    QString shots;          ///< folder for pictures
    QString offline_file;   ///< while it exists the tablet has no network
    QString server;         ///< https://127.0.0.1:port
    QString code;           ///< enrolment code
    QString officer_code;   ///< one-time code of the officer
    QString passphrase;
    QString transfers;    ///< a command that prints the server's transfers as JSON
    QJsonObject answers;  ///< the customer's, by question
};

/// The main job, as an officer does it: set up, capture offline, killed in the middle, proofs, signature, network back,
/// receipts. Prints one line a step. Returns how many transfers were accepted, of how many.
class Journey {
public:
    explicit Journey(Setting setting);
    struct Outcome {
        int accepted = 0;
        int begun = 0;
    };
    Outcome run();

private:
    void step(const QString& text);
    void press(const QString& path);
    void fill(const QString& path, const QString& text);
    void setUp();
    void begin();
    void answerPage();
    void answer(const QString& key);
    void answerDate(const QString& field, const QString& iso);
    void chooseBenefits();
    void capture();
    void killAndReopen(const QString& key, const QString& expected);
    void unlock();
    void recordProofs();
    void sign();
    Outcome send();

    Setting m_setting;
    AppWindow m_window;
    Input m_input;
    int m_step = 0;
    int m_asked = 0;
};

}  // namespace fieldclaim::journey
