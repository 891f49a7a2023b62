#include "mobile/viewmodels/sending_view_model.h"

#include <QStringList>

#include "mobile/viewmodels/picture_words.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {
namespace {

/// Rows of thousands of claims take seconds to make, and nobody reads them.
constexpr qsizetype kMostShown = 50;

}  // namespace

SendingViewModel::SendingViewModel(Desk& desk, SyncControl& control, std::unique_ptr<ExportViewModel> copy,
                                   QObject* parent)
    : QObject(parent),
      m_desk(desk),
      m_control(control),
      m_copy(std::move(copy)),
      m_claims({"crn", "name", "detail", "badges", "setAside", "refused", "spoken"}, this) {
    connect(&m_control, &SyncControl::statusChanged, this, &SendingViewModel::refreshStrip);
    connect(&m_desk, &Desk::totalsChanged, this, &SendingViewModel::refreshStrip);
    connect(&m_desk, &Desk::languageChanged, this, &SendingViewModel::refresh);
    // The strip is on every page; the claims are read when their page is opened.
    refreshStrip();
}

void SendingViewModel::tryNow() { m_control.syncNow(); }

void SendingViewModel::pause(bool on) {
    m_control.setPaused(on);
    refresh();
}

void SendingViewModel::refreshStrip() {
    const auto totals = m_desk.casework().totals();
    if (!totals) {
        m_error = words::error(totals.error(), m_desk.language());
        m_strip = m_error;
        m_strip_tone = QStringLiteral("red");
        emit changed();
        return;
    }
    m_error.clear();
    const auto now = m_desk.clock().wallMs();
    const auto status = m_control.status();
    const auto strip = words::strip(*totals, now, m_desk.language());
    m_strip = strip.text;
    m_strip_tone = strip.tone;
    if (const auto room = words::room(m_desk.room()); !room.title.isEmpty()) {
        m_strip = room.title + QStringLiteral(" · ") + m_strip;
        if (m_strip_tone != QStringLiteral("red")) m_strip_tone = QStringLiteral("amber");
    }
    m_counts = tr("This tablet has made %1 saves. The server has acknowledged %2 of them. Nothing here is lost if you "
                  "close it.")
                   .arg(totals->saved_here)
                   .arg(totals->acknowledged);
    if (status.counts_differ) {
        m_counts = tr("This tablet counts %1 saves, the server counts %2. Nothing is lost here; call support.")
                       .arg(totals->saved_here)
                       .arg(status.server_holds);
    }
    const auto phase = words::phase(status, m_desk.language());
    m_phase = phase.text;
    m_phase_tone = phase.tone;
    if (status.phase == SyncPhase::Waiting && status.retry_in_ms > 0) {
        m_phase = tr("%1 Next try in %2").arg(m_phase, words::duration(status.retry_in_ms));
    }
    m_last_contact = totals->last_contact_ms <= 0
                         ? tr("This tablet has not been in contact with the server yet")
                         : tr("Last contact %1").arg(words::ago(totals->last_contact_ms, now, m_desk.language()));
    if (m_claims.count() == kMostShown)
        m_counts += QLatin1Char(' ') + tr("The list shows %1 claims at most, first those that wait; search finds every "
                                          "one.")
                                           .arg(kMostShown);
    if (m_desk.casework().isPractice()) {
        m_strip = tr("Practice: kept until you leave it, and never sent");
        m_strip_tone = QStringLiteral("neutral");
        m_phase = tr("Practice has no network. Nothing can leave it");
        m_phase_tone = QStringLiteral("neutral");
        m_counts = tr("What is done in practice is thrown away when you leave it.");
        m_last_contact.clear();
    }
    m_progress =
        status.blob_size > 0 ? static_cast<double>(status.blob_sent) / static_cast<double>(status.blob_size) : -1;
    m_progress_text = status.blob_size > 0 ? tr("%1 of %2 KB · goes on where it stopped")
                                                 .arg(status.blob_sent / 1024)
                                                 .arg((status.blob_size + 1023) / 1024)
                                           : QString();
    emit changed();
}

void SendingViewModel::refresh() {
    constexpr std::size_t kReadFirst = 30;
    const auto list = m_desk.casework().claimsNow(kReadFirst);
    if (!list) {
        refreshStrip();
        m_error = words::error(list.error(), m_desk.language());
        emit changed();
        return;
    }
    const auto language = m_desk.language();
    QList<RecordListModel::Record> waiting;
    QList<RecordListModel::Record> rest;
    for (const auto& claim : list->claims) {
        QVariantList badges;
        const auto add = [&](const words::Toned& one) {
            badges.append(QVariantMap{{QStringLiteral("text"), one.text}, {QStringLiteral("tone"), one.tone}});
        };
        // A badge says what, in a word or two; why is a sentence, under the name.
        QStringList reasons;
        ClaimSummary in_short;
        in_short.send = claim.send;
        add(words::sending(in_short));
        if (words::sending(claim).text != words::sending(in_short).text) reasons.append(words::qt(claim.note));
        if (const auto refused = words::refusedSaves(claim); !refused.isEmpty()) add({refused, QStringLiteral("red")});
        for (auto transfer : claim.transfers) {
            const auto whole = words::transfer(transfer, language);
            transfer.reason.clear();
            const auto state = words::transfer(transfer, language);
            add(state);
            if (whole.text != state.text) reasons.append(whole.text);
        }
        QStringList detail;
        const auto saves = claim.pending_change_sets;
        const auto documents = claim.pending_blobs;
        if (saves > 0) detail.append(saves == 1 ? tr("1 save to send") : tr("%1 saves to send").arg(saves));
        if (documents > 0)
            detail.append(documents == 1 ? tr("1 document to send") : tr("%1 documents to send").arg(documents));
        if (claim.seal == SealState::Valid) detail.append(tr("signed"));
        if (detail.isEmpty()) detail.append(words::benefits(m_desk.pack(), claim.benefits, language));
        reasons.prepend(detail.join(QStringLiteral(", ")));
        const auto under = reasons.join(QLatin1Char('\n'));
        const auto name = !claim.is_read       ? words::qt(Crn::display(claim.crn))
                          : claim.name.empty() ? tr("No name yet")
                                               : words::qt(claim.name);
        QStringList spoken{name, reasons.join(QStringLiteral(", "))};
        for (const auto& badge : badges) spoken.append(badge.toMap()[QStringLiteral("text")].toString());
        const RecordListModel::Record record{words::qt(claim.crn),
                                             name,
                                             under,
                                             badges,
                                             claim.send == SendState::SetAside,
                                             claim.to_correct && claim.send != SendState::SetAside,
                                             spoken.join(QStringLiteral(", "))};
        const bool waits = claim.toSend() || claim.refused_saves > 0 || claim.send == SendState::SetAside ||
                           claim.send == SendState::Parked || claim.to_correct;
        (waits ? waiting : rest).append(record);
    }
    auto shown = waiting + rest;
    while (shown.size() > kMostShown) shown.removeLast();
    m_claims.setRecords(shown);
    refreshStrip();
}

}  // namespace fieldclaim::tablet
