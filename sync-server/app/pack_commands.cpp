#include "sync-server/app/pack_commands.h"

#include <algorithm>
#include <ostream>

#include "shared/forms/form_pack.h"
#include "shared/packfiles/packfiles.h"

namespace fieldclaim::server {

Status checkPack(const std::filesystem::path& folder, std::ostream& out) {
    ASSIGN(const auto files, readPackFolder(folder));
    ASSIGN(const auto pack, FormPack::load(files));
    const auto& questions = pack->questions();
    const auto calculated = std::count_if(questions.begin(), questions.end(), [](const Question& question) {
        return question.type == QuestionType::Calculate;
    });
    out << pack->name() << "  " << pack->title() << "\n"
        << "  " << static_cast<std::ptrdiff_t>(questions.size()) - calculated << " questions on "
        << pack->pages().size() << " pages, " << calculated << " calculated values, " << pack->proofRules().size()
        << " proofs\n";
    for (const auto& note : pack->notes()) out << "  no effect: " << note << "\n";
    return {};
}

}  // namespace fieldclaim::server
