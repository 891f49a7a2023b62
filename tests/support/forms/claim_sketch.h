#pragma once

#include <map>
#include <memory>
#include <random>
#include <string>

#include "shared/forms/evaluation.h"

namespace fieldclaim {

/// The files of shared/packs/working-age as they stand in the source tree.
PackFiles missionFiles();
/// The pack of the mission, loaded once a process; ends the process when it does not load.
std::shared_ptr<const FormPack> missionPack();

/// Answers by question's id ("jb_kind" stands for that question in every instance).
using Wishes = std::map<std::string, std::string>;

/// A made-up claim that is filled in as an officer would: only what is asked, in asking order.
class ClaimSketch {
public:
    ClaimSketch(std::shared_ptr<const FormPack> pack, Date today) : m_pack(std::move(pack)), m_today(today) {}

    ClaimSketch& set(const std::string& key, const std::string& text);
    ClaimSketch& set(const Wishes& wishes);
    /// Answers every required question that is asked until nothing is missing: as wished, else with the first answer
    /// that its rule accepts ("no" before "yes"); one instance of each repeat that is asked.
    ClaimSketch& complete(const Wishes& wishes = {});
    /// The same with answers drawn at random, right and wrong, not known and refused ones among them, up to three
    /// instances of a repeat, and a conflict now and then. Same seed, same claim.
    ClaimSketch& scribble(std::mt19937_64& random);

    Evaluation evaluate() const { return Evaluation::of(m_pack, answers, m_today); }
    /// How many questions are asked.
    std::size_t asked() const;

    AnswerSet answers;

private:
    void answer(const QuestionState& state, const Wishes& wishes);
    void scribbleOn(const QuestionState& state, std::mt19937_64& random);

    std::shared_ptr<const FormPack> m_pack;
    Date m_today;
};

}  // namespace fieldclaim
