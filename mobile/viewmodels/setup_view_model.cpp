#include "mobile/viewmodels/setup_view_model.h"

#include <QPointer>
#include <QTimer>
#include <QUrl>

#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {
namespace {

constexpr int kCodeCharacters = 40;  // 8 groups of 5

QString plainCode(const QString& typed) {
    QString out;
    for (const auto character : typed) {
        if (character.isLetterOrNumber()) out.append(character.toUpper());
    }
    return out;
}

}  // namespace

SetupViewModel::SetupViewModel(EnrolmentControl& enrolment, const QString& server, words::Said reason, Finish finish,
                               QObject* parent)
    : QObject(parent),
      m_enrolment(enrolment),
      m_finish(std::move(finish)),
      m_reason(std::move(reason)),
      m_server(server) {}

void SetupViewModel::setLanguage(Language language) {
    m_language = language;
    emit changed();
}

void SetupViewModel::setServer(const QString& server) {
    if (m_server == server) return;
    m_server = server;
    m_server_error = {};
    emit changed();
}

void SetupViewModel::setCode(const QString& code) {
    if (m_code == code) return;
    m_code = code;
    m_error = {};
    emit changed();
}

bool SetupViewModel::isCodeComplete() const { return EnrolmentCode::parse(words::utf8(m_code)).has_value(); }

QString SetupViewModel::codeNote() const {
    const auto typed = plainCode(m_code);
    if (typed.isEmpty()) return {};
    if (typed.size() < kCodeCharacters) return tr("%1 of %2 characters").arg(typed.size()).arg(kCodeCharacters);
    if (typed.size() > kCodeCharacters) return tr("%1 characters too many").arg(typed.size() - kCodeCharacters);
    return isCodeComplete() ? tr("The code is complete") : tr("A character is wrong. Compare the groups one by one");
}

QString SetupViewModel::codeTone() const {
    const auto typed = plainCode(m_code);
    if (typed.size() < kCodeCharacters) return QStringLiteral("neutral");
    return isCodeComplete() ? QStringLiteral("green") : QStringLiteral("red");
}

void SetupViewModel::setBusy(words::Said text) {
    m_busy = text != nullptr;
    m_busy_text = std::move(text);
    emit changed();
}

void SetupViewModel::setFailed(const Error& error) {
    m_error = [this, error] {
        // "Work goes on" is no comfort before there is any.
        return error.code == ErrorCode::Network
                   ? tr("The server cannot be reached. Check its address and the network, then try again.")
                   : words::error(error, m_language);
    };
    setBusy({});
}

void SetupViewModel::enrol() {
    if (m_busy) return;
    m_error = {};
    auto address = m_server.trimmed();
    if (!address.isEmpty() && !address.contains(QStringLiteral("://"))) address.prepend(QStringLiteral("https://"));
    const QUrl url(address, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || url.scheme() != QStringLiteral("https")) {
        m_server_error = [] {
            return tr("Enter the server's address, for example https://fieldclaim.example.org:8443");
        };
        emit changed();
        return;
    }
    if (!isCodeComplete()) {
        m_error = [] { return tr("Enter the whole enrolment code: 8 groups of 5 characters"); };
        emit changed();
        return;
    }
    m_server_error = {};
    setBusy([] { return tr("Finding the server and enrolling this tablet"); });
    m_enrolment.enrol(words::utf8(address), words::utf8(m_code), [guard = QPointer(this)](Result<DeviceSetup> result) {
        if (guard.isNull()) return;
        if (!result) {
            guard->setFailed(result.error());
            return;
        }
        guard->m_setup = std::move(*result);
        guard->m_step = QStringLiteral("officer");
        if (guard->m_setup.officers.size() == 1)
            guard->m_officer = words::qt(guard->m_setup.officers.front().id.text());
        guard->setBusy({});
    });
}

QString SetupViewModel::siteName() const { return words::qt(m_setup.site_name); }

QVariantList SetupViewModel::officers() const {
    QVariantList out;
    for (const auto& officer : m_setup.officers) {
        out.append(QVariantMap{{QStringLiteral("name"), words::qt(officer.id.text())},
                               {QStringLiteral("label"), words::qt(officer.name)}});
    }
    return out;
}

void SetupViewModel::setOfficer(const QString& officer) {
    m_officer = officer;
    m_error = {};
    emit changed();
}

QString SetupViewModel::officerName() const {
    for (const auto& officer : m_setup.officers) {
        if (words::qt(officer.id.text()) == m_officer) return words::qt(officer.name);
    }
    return {};
}

void SetupViewModel::confirmOfficer() {
    if (m_officer.isEmpty()) {
        m_error = [] { return tr("Choose your name"); };
    } else {
        m_error = {};
        m_step = QStringLiteral("passphrase");
    }
    emit changed();
}

void SetupViewModel::finish(const QString& one_time_code, const QString& passphrase) {
    if (m_busy) return;
    m_one_time_code_error = {};
    m_passphrase_error = {};
    if (one_time_code.trimmed().isEmpty())
        m_one_time_code_error = [] { return tr("Enter the one-time code that your supervisor gave you"); };
    if (words::utf8(passphrase).size() < kMinPassphrase) {
        m_passphrase_error = [] {
            return tr("Use %1 characters or more. Several words are easiest to keep").arg(kMinPassphrase);
        };
    }
    if (m_one_time_code_error || m_passphrase_error) {
        emit changed();
        return;
    }
    NewOfficer officer;
    for (const auto& one : m_setup.officers) {
        if (words::qt(one.id.text()) == m_officer) officer.info = one;
    }
    officer.one_time_code = words::utf8(one_time_code.trimmed());
    officer.passphrase = words::utf8(passphrase);
    setBusy([] { return tr("Making the encrypted store on this tablet"); });
    // Half a second of scrypt: the words above are drawn first.
    QTimer::singleShot(50, this, [this, officer = std::move(officer)] {
        const auto status = m_finish(m_setup, officer);
        if (!status) {
            setFailed(status.error());
            return;
        }
        setBusy({});
    });
}

void SetupViewModel::goBack() {
    if (m_busy) return;
    m_error = {};
    if (m_step == QStringLiteral("passphrase")) m_step = QStringLiteral("officer");
    emit changed();
}

}  // namespace fieldclaim::tablet
