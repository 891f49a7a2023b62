#include "mobile/viewmodels/conflict_view_model.h"

#include <algorithm>

#include "mobile/viewmodels/question_fields.h"
#include "shared/base/text.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/protected_date.h"
#include "shared/domain/same_person.h"

namespace fieldclaim::tablet {
namespace {

constexpr int kMostLookAgain = 8;

std::string keyOf(const std::string& path) { return path.starts_with("a/") ? path.substr(2) : path; }

std::string prefixOf(const QuestionState& state) {
    return state.instance.empty() ? std::string() : state.question->repeat + "/" + state.instance;
}

}  // namespace

ConflictViewModel::ConflictViewModel(OpenCase& open_case, QObject* parent)
    : QObject(parent),
      m_case(open_case),
      m_conflicts({"path", "label", "statusText"}, this),
      m_answers({"answerKey", "value", "who", "when", "place", "proof", "proofTone"}, this),
      m_context({"contextKey", "label", "value"}, this),
      m_other({"key", "type", "label", "hint", "choices", "value", "error", "money", "range"}, this) {
    m_case.resetSaveState();
    connect(&m_case, &OpenCase::changed, this, &ConflictViewModel::refresh);
    connect(&m_case, &OpenCase::saveStateChanged, this, &ConflictViewModel::changed);
    refresh();
}

const Repeat* ConflictViewModel::repeatAt(const std::string& path) const {
    const auto key = keyOf(path);
    if (!path.starts_with("a/") || std::count(key.begin(), key.end(), '/') != 1) return nullptr;
    for (const auto& repeat : m_case.pack().repeats()) {
        if (key.starts_with(repeat.id + "/")) return &repeat;
    }
    return nullptr;
}

QString ConflictViewModel::labelOf(const std::string& path) const {
    if (const auto* state = m_case.evaluation().find(keyOf(path)))
        return m_case.label(*state, m_case.desk().language());
    if (const auto* repeat = repeatAt(path))
        return tr("Keep or remove: %1").arg(m_case.desk().text(repeat->label).toLower());
    for (const auto& rule : m_case.pack().proofRules()) {
        if (path == proofPath(rule.code) || path.starts_with(proofPath(rule.code) + "/"))
            return tr("Proof: %1").arg(m_case.desk().text(rule.label));
    }
    if (path.starts_with(kLinkPrefix))
        return tr("The same person as in claim %1?").arg(words::qt(Crn::display(path.substr(kLinkPrefix.size()))));
    if (path.starts_with("visit/")) return tr("Appointment");
    return tr("A record of this claim");
}

QString ConflictViewModel::statusOf(const std::string& path) const {
    if (repeatAt(path) != nullptr) return tr("keep or remove");
    const auto* values = m_case.claim().state.find(path);
    std::vector<Value> distinct;
    if (values != nullptr) {
        for (const auto& sibling : values->siblings()) {
            if (std::find(distinct.begin(), distinct.end(), sibling.value) == distinct.end())
                distinct.push_back(sibling.value);
        }
    }
    return distinct.size() > 2 ? tr("%1 answers").arg(distinct.size()) : tr("two answers");
}

void ConflictViewModel::setCurrent(const QString& path) {
    // An action names an answer by its key.
    const auto answer = QStringLiteral("a/") + path;
    const auto& known = m_conflicts.rowOf(answer) >= 0 ? answer : path;
    if (m_current == known) return;
    m_current = known;
    m_picked.clear();
    m_written.clear();
    m_written_error.clear();
    m_writing = false;
    m_note.clear();
    m_note_error.clear();
    refresh();
}

void ConflictViewModel::setPicked(const QString& key) {
    m_picked = key;
    m_writing = false;
    emit changed();
}

void ConflictViewModel::setWriting(bool writing) {
    if (m_writing == writing) return;
    m_writing = writing;
    if (writing) m_picked.clear();
    emit changed();
}

void ConflictViewModel::setNote(const QString& note) {
    if (m_note == note) return;
    m_note = note;
    m_note_error.clear();
    emit changed();
}

void ConflictViewModel::write(const QString& value) {
    m_written = value;
    m_written_error.clear();
    readOther();
    emit changed();
}

bool ConflictViewModel::isNoteNeeded() const { return m_current == words::qt(answerPath(kFirstContact)); }

QString ConflictViewModel::caption() const {
    const auto all = m_settled + m_conflicts.count();
    return tr("Not the same · %1 of %2").arg(std::min(m_settled + 1, all)).arg(all);
}

double ConflictViewModel::progress() const {
    const auto all = m_settled + m_conflicts.count();
    return all == 0 ? 1.0 : static_cast<double>(m_settled) / all;
}

bool ConflictViewModel::canUse() const { return m_writing || !m_picked.isEmpty(); }

QString ConflictViewModel::useText() const {
    if (m_writing) return tr("Use this answer");
    const auto value = m_answers.value(m_answers.rowOf(m_picked), "value").toString();
    if (value.isEmpty()) return tr("Choose one");
    constexpr int kMostCharacters = 30;
    if (m_kind == Kind::Instance) return value;
    return value.size() > kMostCharacters ? tr("Use the chosen one") : tr("Use %1").arg(value);
}

void ConflictViewModel::refresh() {
    if (!m_case.isLoaded()) return;
    QList<RecordListModel::Record> conflicts;
    for (const auto& path : m_case.claim().review.conflicts)
        conflicts.append({words::qt(path), labelOf(path), statusOf(path)});
    m_conflicts.setRecords(conflicts);
    if (m_conflicts.rowOf(m_current) < 0) {
        m_current = conflicts.isEmpty() ? QString() : conflicts.front()[0].toString();
        m_picked.clear();
        m_written.clear();
        m_written_error.clear();
        m_writing = false;
        m_note.clear();
        m_note_error.clear();
    }
    if (auto writers = m_case.desk().casework().writers(m_case.crn())) m_writers = std::move(*writers);
    readCurrent();
    emit changed();
}

void ConflictViewModel::readCurrent() {
    m_choices.clear();
    m_answers.setRecords({});
    m_context_page.clear();
    m_context_instance.clear();
    m_explanation.clear();
    m_waiting.clear();
    m_kind = Kind::Record;
    if (!m_current.isEmpty()) {
        const auto path = words::utf8(m_current);
        m_label = labelOf(path);
        const auto* values = m_case.claim().state.find(path);
        const auto* question = m_case.evaluation().find(keyOf(path));
        const auto* repeat = repeatAt(path);
        if (question != nullptr && values != nullptr) {
            m_kind = Kind::Question;
            readQuestion(*values, *question);
        } else if (repeat != nullptr) {
            m_kind = Kind::Instance;
            readInstance(path, *repeat);
        } else if (values != nullptr) {
            readRecord(path, *values);
        }
    }
    if (m_answers.rowOf(m_picked) < 0) m_picked.clear();
    readContext();
    readLookAgain();
    readOther();
}

ConflictViewModel::Where ConflictViewModel::whereOf(const Sibling& sibling) const {
    const auto found = m_writers.find(sibling.author);
    if (found == m_writers.end()) return {tr("An officer"), tr("another tablet")};
    const auto& writer = found->second;
    Where out{writer.name.empty() ? tr("An officer") : words::qt(writer.name),
              writer.here ? tr("this tablet") : tr("another tablet")};
    const auto& own = m_case.desk().casework();
    if (writer.site.empty()) return out;
    const auto site = writer.site == m_case.claim().site ? words::qt(own.siteName()) : words::qt(writer.site);
    if (!site.isEmpty()) out.place += QStringLiteral(", ") + site;
    return out;
}

words::Toned ConflictViewModel::proofBeside(const QuestionState& state, const Sibling& sibling) const {
    for (const auto& code : state.question->evidence) {
        for (const auto& key : {state.instance.empty() ? code : code + "/" + state.instance, code}) {
            const auto* found = m_case.claim().state.find(proofPath(key));
            const auto proof = proofOf(m_case.claim().state, key);
            if (found == nullptr || !proof || found->first()->author != sibling.author) continue;
            if (!proof->unavailable.empty()) return {tr("No proof: %1").arg(words::qt(proof->unavailable)), "amber"};
            return {words::level(proof->level) + QStringLiteral(": ") + words::qt(proof->what),
                    proof->level == "told" ? QStringLiteral("amber") : QStringLiteral("green")};
        }
    }
    return {tr("No proof recorded with it"), "neutral"};
}

void ConflictViewModel::addAnswer(Choice choice, const QString& value, const Sibling& by, const words::Toned& proof) {
    auto rows = m_answers.records();
    const auto where = whereOf(by);
    rows.append({QString::number(rows.size()), value, where.who,
                 words::moment(by.device_time, m_case.desk().casework().today(), m_case.desk().language()), where.place,
                 proof.text, proof.tone});
    m_choices.push_back(std::move(choice));
    m_answers.setRecords(rows);
}

void ConflictViewModel::readQuestion(const Register& values, const QuestionState& state) {
    m_context_page = words::qt(state.question->page);
    m_context_instance = words::qt(state.instance);
    std::vector<Value> met;
    for (const auto& sibling : values.siblings()) {
        if (std::find(met.begin(), met.end(), sibling.value) != met.end()) continue;
        met.push_back(sibling.value);
        auto answer = decodeAnswer(sibling.value);
        const auto value = answer ? m_case.answerWords(*state.question, *answer, m_case.desk().language())
                                  : tr("Taken away: no answer");
        addAnswer({std::move(answer), sibling.id}, value, sibling, proofBeside(state, sibling));
    }
    if (!isNoteNeeded()) return;
    m_explanation =
        tr("The date of first contact is protected: say why the one that you choose is right. The server "
           "decides, and until then both stand.");
    const auto last = m_case.desk().casework().lastCorrection(m_case.crn());
    if (last && *last && (*last)->state == DateCorrection::State::Asked) {
        m_waiting = tr("%1 is asked for. The server decides about it when there is a network.")
                        .arg(words::spokenIso((*last)->date, m_case.desk().language()));
    }
}

void ConflictViewModel::readInstance(const std::string& path, const Repeat& repeat) {
    m_context_page = words::qt(repeat.page);
    m_context_instance = words::qt(path.substr(path.rfind('/') + 1));
    const auto& state = m_case.claim().state;
    const auto name = m_case.desk().text(repeat.label).toLower();
    m_explanation = tr("One officer removed it, another changed it. It stays or goes as a whole.");
    const Sibling* kept = nullptr;
    const Sibling* removed = nullptr;
    const auto newer = [](const Sibling* one, const Sibling& two) {
        return one == nullptr || one->device_time < two.device_time;
    };
    for (const auto& under : state.pathsUnder(path)) {
        for (const auto& sibling : state.find(under)->siblings()) {
            const bool takes_away = under == path && sibling.value.isNull();
            if (takes_away && newer(removed, sibling)) removed = &sibling;
            if (!takes_away && !sibling.value.isNull() && newer(kept, sibling)) kept = &sibling;
        }
    }
    if (kept != nullptr)
        addAnswer({Answer{}, kept->id}, tr("Keep it: %1").arg(name), *kept, {tr("The last change"), "neutral"});
    if (removed != nullptr)
        addAnswer({std::nullopt, removed->id}, tr("Remove it: %1").arg(name), *removed, {tr("The removal"), "neutral"});
}

void ConflictViewModel::readRecord(const std::string& path, const Register& values) {
    std::vector<Value> met;
    for (const auto& sibling : values.siblings()) {
        if (std::find(met.begin(), met.end(), sibling.value) != met.end()) continue;
        met.push_back(sibling.value);
        addAnswer({std::nullopt, sibling.id}, recordWords(path, sibling.value), sibling, {});
    }
}

QString ConflictViewModel::recordWords(const std::string& path, const Value& value) const {
    const auto language = m_case.desk().language();
    if (value.isNull()) return tr("Taken away");
    if (path.starts_with("proof/")) {
        const auto missing = value.textAt("unavailable");
        if (!missing.empty()) return tr("Not available: %1").arg(words::qt(missing));
        return words::level(value.textAt("level")) + QStringLiteral(": ") + words::qt(value.textAt("what"));
    }
    if (path.starts_with(kLinkPrefix)) {
        const auto link = decodeLink(path.substr(kLinkPrefix.size()), value);
        if (!link) return tr("Taken away");
        return link->same ? tr("The same person") : tr("Two people: %1").arg(words::qt(link->reason));
    }
    if (path.starts_with("visit/")) {
        return words::spokenIso(value.textAt("date"), language) + QLatin1Char(' ') + words::qt(value.textAt("time")) +
               QStringLiteral(", ") + words::qt(value.textAt("place"));
    }
    return value.text() != nullptr ? words::qt(*value.text()) : tr("A record");
}

void ConflictViewModel::readContext() {
    QList<RecordListModel::Record> rows;
    const auto language = m_case.desk().language();
    const auto path = words::utf8(m_current);
    for (const auto& state : m_case.evaluation().questions()) {
        if (m_context_page.isEmpty() || state.question->page != words::utf8(m_context_page)) continue;
        if (state.instance != words::utf8(m_context_instance) || answerPath(state.key) == path) continue;
        const auto* given = m_case.answer(state.key);
        if (given == nullptr || (!state.relevant && m_kind != Kind::Instance)) continue;
        rows.append({words::qt(state.key), m_case.label(state, language),
                     m_case.answerWords(*state.question, *given, language)});
    }
    m_context.setRecords(rows);
}

void ConflictViewModel::readLookAgain() {
    m_look_again.clear();
    const auto& conflicts = m_case.answers().conflicts;
    for (const auto& state : m_case.evaluation().questions()) {
        if (!state.look_again || m_look_again.size() == kMostLookAgain) continue;
        if (std::find(conflicts.begin(), conflicts.end(), state.key) != conflicts.end()) continue;
        if (m_kind == Kind::Instance && state.instance == words::utf8(m_context_instance)) continue;
        m_look_again.append(m_case.label(state, m_case.desk().language()));
    }
}

void ConflictViewModel::readOther() {
    const auto* state = m_current.isEmpty() ? nullptr : m_case.evaluation().find(keyOf(words::utf8(m_current)));
    if (m_kind != Kind::Question || state == nullptr) {
        m_other.setRecords({});
        return;
    }
    const auto language = m_case.desk().language();
    m_other.setRecords(
        {{words::qt(state->key), questionTypeName(state->question->type), m_label, m_case.hint(*state, language),
          questionChoices(m_case.evaluation(), state->key, language), m_written, m_written_error,
          state->question->normalise == "money", questionRange(*state->question)}});
}

QString ConflictViewModel::refusal(const QuestionState& state, const std::string& text) const {
    if (text.empty()) return tr("Enter an answer");
    auto with = m_case.answers();
    with.answers[state.key] = {Answer::Kind::Given, normaliseAnswer(*state.question, text)};
    std::erase(with.conflicts, state.key);
    const auto checked = Evaluation::of(m_case.evaluation().sharedPack(), with, m_case.evaluation().today());
    const auto* now = checked.find(state.key);
    if (now == nullptr || !now->invalid) return {};
    const auto& message = m_case.desk().text(state.question->constraint_message);
    if (message.isEmpty()) return tr("This answer does not fit the question.");
    return words::qt(checked.fill(words::utf8(message), prefixOf(state), m_case.desk().language()));
}

bool ConflictViewModel::save() {
    auto& casework = m_case.desk().casework();
    const auto path = words::utf8(m_current);
    const auto key = keyOf(path);
    const auto note = words::utf8(m_note);
    std::optional<Answer> chosen;
    EditId edit;
    if (m_writing) {
        const auto* state = m_case.evaluation().find(key);
        if (state == nullptr) return false;
        const bool acknowledges = state->question->type == QuestionType::Acknowledge;
        const auto text = acknowledges && !m_written.isEmpty() ? std::string("yes") : words::utf8(m_written);
        m_written_error = refusal(*state, text);
        readOther();
        if (!m_written_error.isEmpty()) return false;
        chosen = Answer{Answer::Kind::Given, text};
    } else {
        const int row = m_answers.rowOf(m_picked);
        if (row < 0 || row >= static_cast<int>(m_choices.size())) return false;
        chosen = m_choices[static_cast<std::size_t>(row)].answer;
        edit = m_choices[static_cast<std::size_t>(row)].edit;
    }
    if (isNoteNeeded()) {
        if (m_note.trimmed().isEmpty()) {
            m_note_error = tr("Say why this date is right");
            return false;
        }
        const auto* question = m_case.pack().find(kFirstContact);
        const auto date = chosen && question != nullptr ? normaliseAnswer(*question, chosen->text) : std::string();
        return m_case.done(casework.correctFirstContact(m_case.crn(), date, note));
    }
    if (m_kind == Kind::Record) return m_case.done(casework.resolveRecord(m_case.crn(), path, edit, note));
    return m_case.done(casework.resolve(m_case.crn(), key, chosen, note));
}

void ConflictViewModel::use() {
    if (!canUse()) return;
    const auto before = m_current;
    const bool saved = save();
    if (!saved || m_conflicts.rowOf(before) >= 0) {
        // Not saved, or it waits for the server.
        refresh();
        return;
    }
    ++m_settled;
    emit changed();
    if (m_conflicts.count() == 0) emit settled();
}

}  // namespace fieldclaim::tablet
