#include "mobile/viewmodels/desk.h"

#include "mobile/viewmodels/words.h"
#include "shared/base/text.h"

namespace fieldclaim::tablet {

Desk::Desk(Casework& casework, const Clock& clock, QObject* parent)
    : QObject(parent), m_casework(casework), m_clock(clock) {
    m_casework.onSaved([this](const std::string& crn) {
        emit claimChanged(words::qt(crn));
        emit totalsChanged();
    });
    m_casework.onUnreadable([](const Error& why) { qWarning("a claim cannot be read: %s", describe(why).c_str()); });
    m_casework.onPulled([this](const std::vector<std::string>& crns) {
        for (const auto& crn : crns) emit claimChanged(words::qt(crn));
        emit totalsChanged();
    });
}

void Desk::setLanguage(Language language) {
    if (m_language == language) return;
    m_language = language;
    emit languageChanged();
}

void Desk::askLanguage(Language language) {
    if (m_language != language) emit languageAsked(language);
}

QString Desk::text(const LocalText& text) const { return words::qt(text.in(m_language)); }

OpenCase::OpenCase(Desk& desk, const std::string& crn, QObject* parent)
    : QObject(parent),
      m_desk(desk),
      m_crn(crn),
      m_held(desk.casework().hold(crn)),
      m_pack(desk.casework().packOf(crn)) {
    reload();
    if (m_claim) m_desk.casework().noteView(m_crn);
    connect(&m_desk, &Desk::claimChanged, this, [this](const QString& changed_crn) {
        if (words::utf8(changed_crn) == m_crn) reload();
    });
    connect(&m_desk, &Desk::languageChanged, this, &OpenCase::changed);
}

OpenCase::~OpenCase() { m_desk.casework().letGo(m_held); }

const OpenClaim& OpenCase::claim() const {
    ENSURE(m_claim.has_value());
    return *m_claim;
}

const Answer* OpenCase::answer(std::string_view key) const {
    const auto found = answers().answers.find(std::string(key));
    return found == answers().answers.end() ? nullptr : &found->second;
}

void OpenCase::reload() {
    auto opened = m_desk.casework().open(m_crn);
    if (!opened) {
        m_load_error = opened.error().code == ErrorCode::NotFound ? words::error(opened.error(), m_desk.language())
                                                                  : words::claimCannotBeRead(m_crn);
        emit changed();
        if (m_claim && opened.error().code == ErrorCode::NotFound) emit gone();
        return;
    }
    m_load_error.clear();
    m_claim.emplace(std::move(*opened));
    emit changed();
}

bool OpenCase::save(const std::string& key, const Answer& answer) {
    return done(m_desk.casework().saveAnswer(m_crn, key, answer));
}

bool OpenCase::clear(const std::string& key) { return done(m_desk.casework().clearAnswer(m_crn, key)); }

bool OpenCase::undo(const std::string& key) { return done(m_desk.casework().undo(m_crn, key)); }

bool OpenCase::confirm(const std::string& key) { return done(m_desk.casework().confirmAnswer(m_crn, key)); }

bool OpenCase::removeInstance(const std::string& group, const std::string& instance) {
    return done(m_desk.casework().removeInstance(m_crn, group, instance));
}

bool OpenCase::done(const Status& status) {
    m_save_error = status                                      ? QString()
                   : status.error().detail == kDateIsProtected ? words::dateIsProtected()
                   : status.error().detail == kClaimHasLeft    ? words::claimHasLeft()
                                                               : words::error(status.error(), m_desk.language());
    m_was_saved = status.has_value();
    emit saveStateChanged();
    return status.has_value();
}

void OpenCase::resetSaveState() {
    m_was_saved = false;
    m_save_error.clear();
    emit saveStateChanged();
}

QString OpenCase::answerWords(const Question& question, const Answer& answer, Language language) const {
    if (answer.kind == Answer::Kind::NotKnown) return words::notKnown(words::qt(answer.text));
    if (answer.kind == Answer::Kind::Refused) return words::refused(words::qt(answer.text));
    switch (question.type) {
        case QuestionType::Date: {
            const auto date = Date::parse(answer.text);
            return date ? words::spoken(*date, language) : words::typedDate(words::qt(answer.text));
        }
        case QuestionType::SelectOne:
        case QuestionType::SelectMultiple: {
            QStringList labels;
            for (const auto& name : split(answer.text, ' ')) {
                if (name.empty()) continue;
                QString shown = words::qt(name);
                for (const auto& choice : question.choices) {
                    if (choice.name == name)
                        shown = words::qt(evaluation().fill(choice.label.in(language), {}, language));
                }
                labels.append(shown);
            }
            return labels.join(QStringLiteral(", "));
        }
        case QuestionType::Image:
            return words::picture(words::qt(answer.text));
        case QuestionType::File:
            return words::file(words::qt(answer.text));
        case QuestionType::Acknowledge:
            return answer.text.empty() ? QString() : words::yes();
        case QuestionType::DateTime: {
            const auto text = words::qt(answer.text);
            const auto date = Date::parse(answer.text.substr(0, answer.text.find('T')));
            return date && text.contains(QLatin1Char('T'))
                       ? words::spoken(*date, language) + QLatin1Char(' ') + text.section(QLatin1Char('T'), 1)
                       : words::typedDate(text);
        }
        default: {
            auto text = words::qt(answer.text);
            if (question.normalise != "money" || text.isEmpty()) return text;
            const bool below_zero = text.startsWith(QLatin1Char('-'));
            return (below_zero ? QStringLiteral("−£") : QStringLiteral("£")) + text.mid(below_zero ? 1 : 0);
        }
    }
}

namespace {

std::string instancePrefix(const QuestionState& state) {
    return state.instance.empty() ? std::string() : state.question->repeat + "/" + state.instance;
}

}  // namespace

QString OpenCase::label(const QuestionState& state, Language language) const {
    return words::qt(evaluation().fill(state.question->label.in(language), instancePrefix(state), language));
}

QString OpenCase::hint(const QuestionState& state, Language language) const {
    return words::qt(evaluation().fill(state.question->hint.in(language), instancePrefix(state), language));
}

QString OpenCase::guidance(const QuestionState& state, Language language) const {
    return words::qt(evaluation().fill(state.question->guidance.in(language), instancePrefix(state), language));
}

}  // namespace fieldclaim::tablet
