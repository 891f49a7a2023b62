#pragma once

#include <QString>
#include <map>
#include <memory>

#include "tests/support/session/session_kit.h"
#include "tests/support/vault/small_ledger.h"

namespace fieldclaim::tablet {

/// A tablet that the pages are shown of: a real session on a real vault in a temporary folder, with made-up customers
/// and no network. Made once for all states of its kind; a state finds its own way from wherever the one before ended.
class PageWorld {
public:
    enum class Kind {
        Unset,    ///< not set up yet
        Locked,   ///< set up and locked
        Damaged,  ///< locked, and its store is damaged
        Broken,   ///< its files cannot be read at all
        Quiet,    ///< unlocked, with no claim
        Day,      ///< unlocked, with a day's claims in every condition
    };

    PageWorld(Kind kind, Language language, std::function<void(Language)> speak);

    SessionKit& kit() { return *m_kit; }
    TabletSession& session() { return m_kit->session(); }
    SmallLedger& ledger() { return *m_ledger; }
    /// The claim number of "gwen", "tomos", "farida", "kevin", "sian", "ifan", "nest", "long".
    std::string crn(const std::string& who) const { return m_claims.at(who); }
    /// Opens the claim, and from there a form page.
    void open(const std::string& who, const char* page = nullptr, const QString& instance = {});
    /// The customer signs, and the server does not take it in; once.
    void signAndRefuse(const std::string& who);
    /// Of a repeat of Gwen's: the id of her only card.
    QString instance(const std::string& who, const std::string& group);

private:
    void makeDay();
    /// A claim with Gwen's answers, in one save, but for those that are given here; "-" leaves one out.
    void claim(const std::string& who, const std::map<QString, QString>& answers, bool complete = true);
    void visit(const std::string& who, const char* time, const char* note);
    void sign(const std::string& who);

    std::unique_ptr<SessionKit> m_kit;
    std::unique_ptr<SmallLedger> m_ledger;
    std::map<std::string, std::string> m_claims;
};

}  // namespace fieldclaim::tablet
