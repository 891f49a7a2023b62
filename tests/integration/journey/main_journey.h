#pragma once

#include <QString>
#include <functional>

#include "tests/integration/journey/customer.h"
#include "tests/integration/journey/pages.h"
#include "tests/support/window/hand.h"

namespace fieldclaim::journey {

/// The main job, as an officer does it: set up, capture without a network, every proof, signature, network back,
/// receipts on the tablet. Told with a pointer, with the keyboard alone, in Welsh. Throws Stuck. Borrows the hand.
class MainJourney {
public:
    struct Setting {
        QString server;        ///< https://127.0.0.1:port
        QString code;          ///< enrolment code
        QString officer_code;  ///< one-time code of the officer
        QString passphrase;
        Customer customer;
        /// Witness of a mark that is made by pressing, which needs no pointer. Empty: a name is drawn.
        QString mark_seen_by = {};
        bool in_welsh = false;
        int text_size = 100;
        std::function<void(bool)> set_offline = {};
        /// Of the server's transfers: how many there are, and how many are accepted.
        std::function<std::pair<int, int>()> transfers = {};
        /// The app is killed and opened again in the middle of the page with the National Insurance number.
        bool killed_on_the_way = false;
        /// Puts a picture where the app looks for pictures, and gives its name. None: no proof gets one.
        std::function<QString()> letter = {};
        std::function<void(const QString&)> step = {};     ///< a sentence a step
        std::function<void(const QString&)> picture = {};  ///< something to look at, by its name
        std::function<void()> looked_at = {};              ///< a page is shown, or filled in
    };
    MainJourney(Hand& hand, Setting setting);

    struct Outcome {
        int begun = 0;
        int accepted = 0;
        int asked = 0;
    };
    Outcome run();

private:
    void tell(const QString& step) const;
    void show(const QString& picture = {}) const;
    void setUp();
    int capture();
    void killAndReopen();
    void recordProofs();
    void sign();
    Outcome send();

    Hand& m_hand;
    AppWindow& m_window;
    Setting m_setting;
};

}  // namespace fieldclaim::journey
