#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <QVariantMap>

#include "mobile/casework/casework.h"
#include "mobile/viewmodels/storage_room.h"

namespace fieldclaim::tablet {

/// What the view-models of an unlocked tablet share: the casework, the clock, the language, and word of what changed.
/// Owned by TabletSession from unlock to lock; borrows both for its whole life. GUI thread.
class Desk : public QObject {
    Q_OBJECT

public:
    Desk(Casework& casework, const Clock& clock, QObject* parent = nullptr);

    Casework& casework() const { return m_casework; }
    const FormPack& pack() const { return *m_casework.pack(); }
    const Clock& clock() const { return m_clock; }
    Language language() const { return m_language; }
    void setLanguage(Language language);
    /// A page that the customer reads is wanted in this language; TabletSession gives it, until the page is left.
    void askLanguage(Language language);
    /// In the officer's language.
    QString text(const LocalText& text) const;
    /// How much the tablet can still keep; TabletSession gives it.
    const StorageRoom& room() const { return m_room; }
    void setRoom(StorageRoom room) { m_room = std::move(room); }

signals:
    /// A claim was saved here, or a pull changed it.
    void claimChanged(const QString& crn);
    /// Something that the totals count has changed.
    void totalsChanged();
    void languageChanged();
    void languageAsked(fieldclaim::Language language);

private:
    Casework& m_casework;
    const Clock& m_clock;
    Language m_language = Language::English;
    StorageRoom m_room;
};

/// One claim while it is open: its state as the officer sees it, and the one way to change it. Says "saved" only after
/// the casework said that it is on disk. Holds the claim's form pack: what is open is asked the same questions until it
/// is left. Owned by TabletSession; GUI thread.
class OpenCase : public QObject {
    Q_OBJECT

public:
    /// The claim is read at once; an error is kept in loadError() and claim() must not be asked then.
    OpenCase(Desk& desk, const std::string& crn, QObject* parent = nullptr);
    ~OpenCase() override;

    /// The pack that the claim was opened with; it lives as long as this does.
    const FormPack& pack() const { return *m_pack; }
    Desk& desk() const { return m_desk; }
    const std::string& crn() const { return m_crn; }
    bool isLoaded() const { return m_claim.has_value(); }
    QString loadError() const { return m_load_error; }
    const OpenClaim& claim() const;
    const Evaluation& evaluation() const { return claim().review.evaluation; }
    /// As the claim's pack reads them.
    const AnswerSet& answers() const { return claim().review.answers; }
    /// What was answered under a key; nullptr when nothing was.
    const Answer* answer(std::string_view key) const;

    /// Each of these saves, reads the claim again and tells. An error is also in saveError() until the next save is ok.
    bool save(const std::string& key, const Answer& answer);
    bool clear(const std::string& key);
    bool undo(const std::string& key);
    bool confirm(const std::string& key);
    bool removeInstance(const std::string& group, const std::string& instance);
    /// For everything else that the casework does with this claim.
    bool done(const Status& status);

    /// True after something was saved since the claim was opened or saveStateReset().
    bool wasSaved() const { return m_was_saved; }
    QString saveError() const { return m_save_error; }
    void resetSaveState();

    /// The answer as people read it: choice labels, dates in words; empty when there is none.
    QString answerWords(const Question& question, const Answer& answer, Language language) const;
    /// The question's label with what it names filled in.
    QString label(const QuestionState& state, Language language) const;
    QString hint(const QuestionState& state, Language language) const;
    QString guidance(const QuestionState& state, Language language) const;

    /// What is typed on a form and not yet saved, from one page of the claim to the next; in memory, and taken once.
    void keepDraft(const QString& key, const QVariantMap& draft) { m_drafts[key] = draft; }
    QVariantMap takeDraft(const QString& key) { return m_drafts.take(key); }

signals:
    void changed();
    void saveStateChanged();
    /// The claim was here, and is no longer: it moved to another site or was erased.
    void gone();

private:
    void reload();

    Desk& m_desk;
    std::string m_crn;
    std::uint64_t m_held;
    std::shared_ptr<const FormPack> m_pack;
    std::optional<OpenClaim> m_claim;
    QString m_load_error;
    QString m_save_error;
    bool m_was_saved = false;
    QHash<QString, QVariantMap> m_drafts;
};

}  // namespace fieldclaim::tablet
