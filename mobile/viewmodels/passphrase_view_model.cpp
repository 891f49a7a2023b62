#include "mobile/viewmodels/passphrase_view_model.h"

namespace fieldclaim::tablet {
namespace {

constexpr int kDrawFirst_ms = 30;

}  // namespace

PassphraseViewModel::PassphraseViewModel(Vault& vault, Language language, QObject* parent)
    : QObject(parent), m_vault(vault), m_language(language) {
    m_wait_timer.setInterval(1000);
    connect(&m_wait_timer, &QTimer::timeout, this, [this] {
        if (waitMs() == 0) m_wait_timer.stop();
        emit changed();
    });
    if (waitMs() > 0) m_wait_timer.start();
}

void PassphraseViewModel::setLanguage(Language language) {
    m_language = language;
    emit changed();
}

QString PassphraseViewModel::waitText() const {
    const auto wait = waitMs();
    return wait > 0 ? tr("Wait %1, then try again").arg(words::duration(wait)) : QString();
}

void PassphraseViewModel::change(const QString& old_passphrase, const QString& new_passphrase) {
    if (m_busy || m_done || waitMs() > 0) return;
    m_old_error = {};
    m_new_error = {};
    m_error = {};
    if (old_passphrase.isEmpty()) m_old_error = [] { return tr("Enter the passphrase that you have now"); };
    if (new_passphrase.toUcs4().size() < static_cast<qsizetype>(kMinPassphrase)) {
        m_new_error = [] {
            return tr("Use %1 characters or more. Several words are easiest to keep").arg(kMinPassphrase);
        };
    } else if (new_passphrase == old_passphrase) {
        m_new_error = [] { return tr("This is the passphrase that you have now. Choose another"); };
    }
    if (m_old_error || m_new_error) {
        emit changed();
        return;
    }
    m_busy = true;
    emit changed();
    QTimer::singleShot(kDrawFirst_ms, this,
                       [this, before = words::utf8(old_passphrase), now = words::utf8(new_passphrase)] {
                           finished(m_vault.changePassphrase(m_vault.officer().id, before, now));
                       });
}

void PassphraseViewModel::finished(const Status& status) {
    m_busy = false;
    m_done = status.has_value();
    if (!status) {
        const words::Said said = [this, error = status.error()] { return words::error(error, m_language); };
        const auto code = status.error().code;
        const bool is_old = code == ErrorCode::WrongPassphrase || code == ErrorCode::TooManyTries;
        (is_old ? m_old_error : m_error) = said;
        if (waitMs() > 0) m_wait_timer.start();
        if (is_old) emit refused();
    }
    emit changed();
}

}  // namespace fieldclaim::tablet
