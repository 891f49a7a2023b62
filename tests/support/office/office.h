#pragma once

#include <memory>
#include <string>
#include <vector>

#include "shared/domain/claim_review.h"
#include "shared/domain/statement.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

namespace fieldclaim::test {

/// JSAPS and the council of Gwen's address, which "url" stands in for.
std::vector<server::TargetConfig> officeTargets(const std::string& url);
server::Server::Options officeOptions(const std::filesystem::path& data, const std::string& url = "https://127.0.0.1");
/// A Monday morning in January 2007: the day on which her story fits the pack.
std::int64_t officeMorning();

/// An officer's tablet with Gwen O'Brien's claim (tests/support/customers), answered and not sent. The server is given
/// to each call, so that the same claim can meet one that was restored. Ends the test when the claim cannot be made.
class Office {
public:
    explicit Office(TestServer& server, std::string officer = "Carys Hughes");

    void answer(const std::string& key, const std::string& text);
    void proveAll();
    /// Signs what stands; its statement is `blob`.
    Hash sign();
    void submit();
    /// Everything that a target waits for, sent to the server.
    Status sendWhole(server::Server& server);

    FakeTablet tablet;
    std::string crn;
    StatementBlob blob;

private:
    ClaimReview review() const;

    const ManualClock& m_clock;
};

}  // namespace fieldclaim::test
