#include <rapidcheck.h>

#include <QtTest>
#include <set>

#include "tests/support/forms/claim_sketch.h"

using namespace fieldclaim;

namespace {

/// Runs a property; rapidcheck prints the seed and the smallest case that breaks it.
#define CHECK_PROPERTY(name, ...) QVERIFY(rc::check(name, __VA_ARGS__))

ClaimSketch scribbled(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    ClaimSketch sketch(missionPack(), Date{12'000 + static_cast<std::int32_t>(random() % 2'000)});
    if (seed % 3 != 0) sketch.set({{"claim_type", "new"}, {"dob", "1970-05-05"}});
    return sketch.scribble(random);
}

/// The benefits of the survey's column that a claim for these names concerns.
std::set<std::string> concerned(const std::vector<std::string>& claimed) {
    static const std::map<std::string, std::string> names = {{"is", "IS"}, {"jsa_ib", "JSA_IB"}, {"jsa_cb", "JSA_CB"},
                                                             {"ib", "IB"}, {"hb", "LA"},         {"ctb", "LA"},
                                                             {"ca", "CA"}, {"bb", "BB"}};
    std::set<std::string> out;
    for (const auto& name : claimed) out.insert(names.at(name));
    return out;
}

bool same(const Evaluation& a, const Evaluation& b) {
    if (a.questions().size() != b.questions().size() || a.proofs().size() != b.proofs().size()) return false;
    for (std::size_t i = 0; i < a.questions().size(); ++i) {
        const auto& x = a.questions()[i];
        const auto& y = b.questions()[i];
        const bool equal = x.key == y.key && x.relevant == y.relevant && x.answered == y.answered &&
                           x.missing == y.missing && x.look_again == y.look_again && x.invalid == y.invalid &&
                           a.value(x.key) == b.value(y.key);
        if (!equal) return false;
    }
    return a.declaredFacts() == b.declaredFacts() && a.value("prescreen_suggested") == b.value("prescreen_suggested");
}

}  // namespace

class TestFormProperties : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        if (!qEnvironmentVariableIsSet("RC_PARAMS")) qputenv("RC_PARAMS", "max_success=60");
    }

    void any_answers_are_evaluated_the_same_each_time() {
        CHECK_PROPERTY("deterministic", [](std::uint64_t seed) {
            const auto sketch = scribbled(seed);
            const auto first = sketch.evaluate();
            RC_ASSERT(same(first, sketch.evaluate()));
        });
    }

    void after_the_prescreen_nothing_is_asked_that_concerns_no_benefit_claimed() {
        CHECK_PROPERTY("only what matters", [](std::uint64_t seed) {
            const auto sketch = scribbled(seed);
            const auto now = sketch.evaluate();
            const auto claimed = concerned(now.benefitsClaimed());
            for (const auto& state : now.questions()) {
                if (!state.relevant || state.question->stage == "first_contact") continue;
                const auto& benefits = state.question->benefits;
                const bool everyone = benefits.size() == 7;
                const bool matters =
                    std::any_of(benefits.begin(), benefits.end(), [&](const auto& x) { return claimed.contains(x); });
                if (!everyone && !matters) RC_FAIL(state.key + " was asked of a claim that it does not concern");
            }
        });
    }

    void what_is_said_of_a_question_never_contradicts_itself() {
        CHECK_PROPERTY("states", [](std::uint64_t seed) {
            const auto sketch = scribbled(seed);
            const auto now = sketch.evaluate();
            const auto facts = now.declaredFacts();
            for (const auto& state : now.questions()) {
                RC_ASSERT(!(state.missing && state.answered));
                RC_ASSERT(state.relevant || !(state.missing || state.answered || state.invalid));
                RC_ASSERT(state.relevant || now.value(state.key).empty());
                RC_ASSERT(facts.contains(state.key) == (state.answered && state.question->declared));
                RC_ASSERT(now.find(state.key) == &state);
            }
        });
    }

    void any_bytes_as_answers_do_no_harm() {
        CHECK_PROPERTY("hostile answers", [](const std::map<std::string, std::string>& extra, std::uint64_t seed) {
            auto sketch = scribbled(seed);
            std::mt19937_64 random(seed);
            for (const auto& [key, text] : extra) {
                const auto& questions = missionPack()->questions();
                sketch.set(key, text)
                    .set(questions[random() % questions.size()].id, text)
                    .set("job/" + key + "/jb_net", text);
            }
            const auto first = sketch.evaluate();
            RC_ASSERT(same(first, sketch.evaluate()));
        });
    }

    void any_bytes_as_a_pack_are_refused_or_loaded() {
        CHECK_PROPERTY("hostile packs", [](const std::string& junk, std::size_t at, std::size_t which) {
            auto files = missionFiles();
            auto file = files.begin();
            std::advance(file, which % files.size());
            file->second.insert(at % file->second.size(), junk);
            const auto loaded = FormPack::load(files);
            RC_ASSERT(loaded.has_value() || !loaded.error().detail.empty());
        });
    }
};
QTEST_GUILESS_MAIN(TestFormProperties)
#include "tst_form_properties.moc"
