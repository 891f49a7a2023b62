#pragma once

#include <QString>
#include <QVariantMap>
#include <string>

#include "shared/forms/evaluation.h"

// A question as QuestionField takes it. Pure functions.
namespace fieldclaim::tablet {

/// The type of a question as QuestionField names it.
QString questionTypeName(QuestionType type);
/// The start, end and step of a range; empty for any other type.
QVariantMap questionRange(const Question& question);
/// What the question at this key offers now: list of { name, label, alone }, the last for "none of these".
QVariantList questionChoices(const Evaluation& evaluation, const std::string& key, Language language);

}  // namespace fieldclaim::tablet
