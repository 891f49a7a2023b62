// Pictures and files that answer a question.
#include "mobile/viewmodels/picture_words.h"
#include "mobile/viewmodels/question_page_view_model.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {
namespace {

std::optional<Hash> digestOf(const Answer* answer) {
    if (answer == nullptr || answer->kind != Answer::Kind::Given) return std::nullopt;
    const auto bytes = fromHex(answer->text);
    if (!bytes) return std::nullopt;
    const auto digest = toArray<32>(*bytes);
    return digest ? std::optional(*digest) : std::nullopt;
}

}  // namespace

QVariantMap QuestionPageViewModel::pictureOf(const QuestionState& state) {
    if (!namesBytes(state.question->type)) return {};
    const auto* answer = m_case.answer(state.key);
    const auto digest = digestOf(answer);
    if (!digest) return {};
    const auto thumbnail = m_thumbnails.of(*digest);
    const auto detail = thumbnail.pdf_pages > 0 ? words::pdfPages(thumbnail.pdf_pages)
                        : thumbnail.here        ? QString()
                        : m_fetched.contains(words::qt(state.key))
                            ? tr("It comes with the next contact, if it is on the server")
                            : tr("Taken on another tablet");
    return {
        {QStringLiteral("image"), thumbnail.picture},
        {QStringLiteral("name"), state.question->type == QuestionType::File ? words::file(words::qt(answer->text))
                                                                            : words::picture(words::qt(answer->text))},
        {QStringLiteral("detail"), detail},
        {QStringLiteral("here"), thumbnail.here}};
}

void QuestionPageViewModel::fetchPicture(const QString& key) {
    const auto digest = digestOf(m_case.answer(words::utf8(key)));
    if (!digest || !m_case.done(m_case.desk().casework().fetchFile(m_case.crn(), *digest))) return;
    m_fetched.insert(key);
    emit m_case.desk().totalsChanged();
    refresh();
}

}  // namespace fieldclaim::tablet
