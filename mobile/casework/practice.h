#pragma once

#include <memory>

#include "mobile/casework/casework.h"

namespace fieldclaim::tablet {

/// What an officer is asked to do in practice; whether it is done follows from the claim alone.
struct PracticeTask {
    enum class Check { FirstContact, Answer, Proof, Settled, Signed };
    Check check = Check::FirstContact;
    std::string crn;
    std::string key;    ///< of the answer or proof
    std::string value;  ///< the right answer
    LocalText title;
    LocalText help;

    bool isDone(const OpenClaim& claim) const;
};

/// One invented customer.
struct PracticeCustomer {
    std::string crn;
    LocalText story;  ///< what they tell
};

/// Practice: a vault of its own with invented customers (the pack's practice.csv), in a folder of its own under a key
/// that is nowhere but in memory. It was never enrolled: it has no server, no certificate authority, no device and no
/// one-time code, and its claims have numbers that a server refuses. The folder goes when this object does; one that
/// was left by a killed app cannot be opened by anybody, and goes at the next begin(). One thread.
class Practice {
public:
    struct Setup {
        std::string folder;  ///< made, and removed with all that is in it
        const PackFiles* files = nullptr;
        std::shared_ptr<const FormPack> pack;
        std::string officer;  ///< the name; the pack's own when empty
        Language language = Language::English;
    };
    /// NotFound when the pack has no practice.csv, BadPack when it cannot be used.
    static Result<std::unique_ptr<Practice>> begin(const Setup& setup, const Clock& clock, Random& random);
    /// What a killed app may have left.
    static void removeLeft(const std::string& folder);
    ~Practice();
    Practice(const Practice&) = delete;
    Practice& operator=(const Practice&) = delete;

    /// Open, and the officer signed in. Once; whoever takes it lets it go before this object.
    std::unique_ptr<Vault> takeVault() { return std::move(m_vault); }
    const std::vector<PracticeTask>& tasks() const { return m_tasks; }
    const std::vector<PracticeCustomer>& customers() const { return m_customers; }

private:
    Practice() = default;
    Status fill(const Setup& setup, const Clock& clock, Random& random);

    std::string m_folder;
    std::unique_ptr<Vault> m_vault;
    std::vector<PracticeTask> m_tasks;
    std::vector<PracticeCustomer> m_customers;
};

}  // namespace fieldclaim::tablet
