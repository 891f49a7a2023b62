#include "mobile/viewmodels/officers_view_model.h"

#include <QTimer>
#include <algorithm>

namespace fieldclaim::tablet {
namespace {

constexpr int kDrawFirst_ms = 30;

}  // namespace

OfficersViewModel::OfficersViewModel(Vault& vault, std::function<void()> send, Language language, QObject* parent)
    : QObject(parent), m_vault(vault), m_send(std::move(send)), m_language(language) {}

void OfficersViewModel::setLanguage(Language language) {
    m_language = language;
    emit changed();
}

void OfficersViewModel::clearMessages() {
    m_officer_error = {};
    m_code_error = {};
    m_passphrase_error = {};
    m_error = {};
    m_done = {};
}

void OfficersViewModel::goTo(const QString& step) {
    clearMessages();
    m_step = step;
    emit changed();
}

QVariantList OfficersViewModel::officers() const {
    QVariantList out;
    const auto here = m_vault.officer().id;
    for (const auto& slot : m_vault.officers()) {
        const auto registered = m_vault.isRegistered(slot.officer);
        const auto refused = m_vault.refusalOf(slot.officer);
        const auto unsent = m_vault.unsentOf(slot.officer);
        const bool known = registered && *registered;
        const bool you = slot.officer == here;
        QString detail;
        QString tone = QStringLiteral("second");
        if (!known) {
            detail = you ? tr("The server does not know you yet: that needs a network once, while you are signed in.")
                         : tr("The server does not know this officer yet: that needs a network once, while they are "
                              "signed in.");
            tone = QStringLiteral("amber");
        }
        if (refused && !refused->empty()) {
            detail = tr("The server did not accept the sign-in: %1").arg(words::qt(*refused));
            tone = QStringLiteral("red");
        } else if (unsent && *unsent > 0) {
            const auto waiting = *unsent == 1 ? tr("1 save to send") : tr("%1 saves to send").arg(*unsent);
            detail = detail.isEmpty() ? waiting : waiting + QStringLiteral(". ") + detail;
        }
        out.append(QVariantMap{{QStringLiteral("officer"), words::qt(slot.officer.text())},
                               {QStringLiteral("name"), words::qt(slot.name)},
                               {QStringLiteral("detail"), detail},
                               {QStringLiteral("tone"), tone},
                               {QStringLiteral("isYou"), you},
                               {QStringLiteral("needsCode"), !known}});
    }
    return out;
}

QVariantList OfficersViewModel::candidates() const {
    QVariantList out;
    const auto slots_here = m_vault.officers();
    for (const auto& known : m_vault.knownOfficers()) {
        const bool here = std::any_of(slots_here.begin(), slots_here.end(),
                                      [&](const OfficerSlot& slot) { return slot.officer == known.id; });
        if (here) continue;
        out.append(QVariantMap{{QStringLiteral("name"), words::qt(known.id.text())},
                               {QStringLiteral("label"), words::qt(known.name)}});
    }
    return out;
}

QString OfficersViewModel::nameOf(const QString& officer) const {
    for (const auto& known : m_vault.knownOfficers()) {
        if (words::qt(known.id.text()) == officer) return words::qt(known.name);
    }
    for (const auto& slot : m_vault.officers()) {
        if (words::qt(slot.officer.text()) == officer) return words::qt(slot.name);
    }
    return {};
}

QString OfficersViewModel::officerName() const { return nameOf(m_officer); }

void OfficersViewModel::setOfficer(const QString& officer) {
    if (m_officer == officer) return;
    m_officer = officer;
    m_officer_error = {};
    emit changed();
}

void OfficersViewModel::beginAdd() {
    const auto all = candidates();
    m_officer = all.size() == 1 ? all.front().toMap()[QStringLiteral("name")].toString() : QString();
    goTo(QStringLiteral("add"));
}

void OfficersViewModel::add(const QString& one_time_code, const QString& passphrase) {
    if (m_busy) return;
    clearMessages();
    const auto id = Uuid::parse(words::utf8(m_officer));
    const auto known = m_vault.knownOfficers();
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const OfficerInfo& one) { return id && one.id == *id; });
    if (found == known.end()) m_officer_error = [] { return tr("Choose who is to use this tablet"); };
    if (one_time_code.trimmed().isEmpty())
        m_code_error = [] { return tr("Enter the one-time code that your supervisor gave you"); };
    if (passphrase.toUcs4().size() < static_cast<qsizetype>(kMinPassphrase)) {
        m_passphrase_error = [] {
            return tr("Use %1 characters or more. Several words are easiest to keep").arg(kMinPassphrase);
        };
    }
    if (m_officer_error || m_code_error || m_passphrase_error) {
        emit changed();
        return;
    }
    m_busy = true;
    emit changed();
    const NewOfficer officer{*found, words::utf8(one_time_code.trimmed()), words::utf8(passphrase)};
    QTimer::singleShot(kDrawFirst_ms, this, [this, officer] {
        const auto added = m_vault.addOfficer(officer);
        m_busy = false;
        if (!added) {
            m_error = [this, error = added.error()] { return words::error(error, m_language); };
            emit changed();
            return;
        }
        goTo(QStringLiteral("list"));
        m_done = [name = words::qt(officer.info.name)] {
            return tr("%1 can unlock this tablet now. Lock it and hand it over. The first time that they are signed in "
                      "with a network, the server learns their key; until then what they save waits here.")
                .arg(name);
        };
        emit changed();
    });
}

void OfficersViewModel::beginCode(const QString& officer) {
    m_officer = officer;
    goTo(QStringLiteral("code"));
}

void OfficersViewModel::giveCode(const QString& one_time_code) {
    const auto id = Uuid::parse(words::utf8(m_officer));
    if (!id) return;
    clearMessages();
    if (one_time_code.trimmed().isEmpty()) {
        m_code_error = [] { return tr("Enter the one-time code that your supervisor gave you"); };
        emit changed();
        return;
    }
    const auto kept = m_vault.saveOneTimeCode(*id, words::utf8(one_time_code.trimmed()));
    if (!kept) {
        m_error = [this, error = kept.error()] { return words::error(error, m_language); };
        emit changed();
        return;
    }
    if (m_send) m_send();
    goTo(QStringLiteral("list"));
    m_done = [name = officerName()] {
        return tr("The code is kept for %1, and tried when they are signed in with a network.").arg(name);
    };
    emit changed();
}

void OfficersViewModel::cancel() {
    if (!m_busy) goTo(QStringLiteral("list"));
}

bool OfficersViewModel::mayRemove(const QString& officer) {
    clearMessages();
    const auto id = Uuid::parse(words::utf8(officer));
    const auto unsent = id ? m_vault.unsentOf(*id) : Result<std::uint64_t>(0);
    if (unsent && *unsent == 0) {
        emit changed();
        return id.has_value();
    }
    if (m_send) m_send();
    if (!unsent) {
        m_error = [this, error = unsent.error()] { return words::error(error, m_language); };
    } else {
        m_error = [this, officer, count = *unsent] {
            return tr("%1 cannot be removed yet: %2 of their saves are not with the server. They are sent as soon as "
                      "there is a network; if the server does not know them yet, they have to sign in with a network "
                      "first.")
                .arg(nameOf(officer))
                .arg(count);
        };
    }
    emit changed();
    return false;
}

void OfficersViewModel::remove(const QString& officer) {
    if (m_busy || !mayRemove(officer)) return;
    m_busy = true;
    emit changed();
    QTimer::singleShot(kDrawFirst_ms, this, [this, officer, name = nameOf(officer)] {
        const auto removed = m_vault.removeOfficer(*Uuid::parse(words::utf8(officer)));
        m_busy = false;
        if (removed) {
            m_done = [name] {
                return tr("%1 can no longer open this tablet. Its store has a new key. Their work is with the server.")
                    .arg(name);
            };
        } else if (removed.error().code == ErrorCode::Conflict) {
            m_error = [] {
                return tr(
                    "Another officer has not unlocked this tablet since it was updated. They have to do that "
                    "first.");
            };
        } else {
            m_error = [this, error = removed.error()] { return words::error(error, m_language); };
        }
        emit changed();
    });
}

}  // namespace fieldclaim::tablet
