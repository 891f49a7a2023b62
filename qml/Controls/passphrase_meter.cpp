#include "qml/Controls/passphrase_meter.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

namespace fieldclaim::tablet {

namespace {

// Bits at which a slow hash (scrypt, N = 2^17) makes guessing weaker passphrases affordable or not.
constexpr double kWeakBits = 28;
constexpr double kGoodBits = 44;
constexpr double kStrongBits = 60;
// A guessed word costs an attacker about this much however long it is.
constexpr double kKnownWordBits = 4;

const QStringList& knownWords() {
    static const QStringList words{
        QStringLiteral("passphrase"), QStringLiteral("password"), QStringLiteral("letmein"),
        QStringLiteral("welcome"),    QStringLiteral("croeso"),   QStringLiteral("cyfrinair"),
        QStringLiteral("qwerty"),     QStringLiteral("football"), QStringLiteral("cymru"),
        QStringLiteral("wales"),      QStringLiteral("monkey"),   QStringLiteral("dragon"),
        QStringLiteral("benefit"),    QStringLiteral("claim"),    QStringLiteral("tablet"),
        QStringLiteral("secret"),     QStringLiteral("admin"),    QStringLiteral("asdfgh"),
        QStringLiteral("zxcvbn")};
    return words;
}

double kindsOf(const QString& text) {
    double kinds = 0;
    const auto has = [&text](auto test) { return std::any_of(text.cbegin(), text.cend(), test); };
    if (has([](QChar c) { return c.isLower(); })) kinds += 26;
    if (has([](QChar c) { return c.isUpper(); })) kinds += 26;
    if (has([](QChar c) { return c.isDigit(); })) kinds += 10;
    if (has([](QChar c) { return !c.isLetterOrNumber(); })) kinds += 20;
    return std::max(kinds, 2.0);
}

}  // namespace

void PassphraseMeter::setPassphrase(const QString& passphrase) {
    if (passphrase == m_passphrase) return;
    m_passphrase = passphrase;
    emit changed();
}

double PassphraseMeter::bitsOf(const QString& passphrase) {
    QString rest = passphrase;
    double bits = 0;
    for (const QString& word : knownWords()) {
        if (rest.contains(word, Qt::CaseInsensitive)) {
            rest.remove(word, Qt::CaseInsensitive);
            bits += kKnownWordBits;
        }
    }
    // English letters in words carry less than random ones: in a phrase each counts for less than half of one.
    const double each = std::log2(kindsOf(passphrase)) * (rest.contains(u' ') ? 0.45 : 0.75);
    for (qsizetype i = 0; i < rest.size(); ++i) {
        const int step = i > 0 ? rest[i].toLower().unicode() - rest[i - 1].toLower().unicode() : 9;
        bits += std::abs(step) <= 1 ? 0.5 : each;
    }
    return bits;
}

int PassphraseMeter::strength() const {
    if (m_passphrase.isEmpty()) return 0;
    const double bits = bitsOf(m_passphrase);
    return bits < kWeakBits ? 1 : bits < kGoodBits ? 2 : bits < kStrongBits ? 3 : 4;
}

}  // namespace fieldclaim::tablet
