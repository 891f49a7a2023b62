// The tables that build on the survey: proof rules, the pre-screen, warnings, declarations.
#include <algorithm>
#include <charconv>

#include "shared/base/text.h"
#include "shared/forms/pack_loader.h"

namespace fieldclaim {

void PackLoader::checkEvidence() {
    for (std::size_t slot = 0; slot < m_pack->rows.size(); ++slot) {
        if (!m_pack->rows[slot].question) continue;
        for (const auto& code : m_pack->questions[*m_pack->rows[slot].question].evidence) {
            const bool known = std::any_of(m_pack->proofs.begin(), m_pack->proofs.end(),
                                           [&](const auto& rule) { return rule.code == code; });
            if (!known) complain(m_sources[slot].place, "evidence", "there is no proof rule '" + code + "'");
        }
    }
}

void PackLoader::readProofs() {
    std::set<std::string> taken;
    eachRow("proofs.csv", [&](const Place& place) {
        ProofRule rule;
        ProofRow row;
        rule.code = uniqueName(place, "code", taken);
        rule.label = text(place, "label");
        rule.why = text(place, "why");
        rule.min_level = place.cell("min_level");
        rule.blocks = flag(place, "blocks");
        const auto accepts = text(place, "accepts");
        const auto english = split(accepts.english, '|');
        const auto welsh = accepts.welsh.empty() ? std::vector<std::string>(english.size()) : split(accepts.welsh, '|');
        if (welsh.size() != english.size()) complain(place, "accepts::Cymraeg (cy)", "has not as many as the English");
        for (std::size_t i = 0; i < english.size(); ++i) {
            rule.accepts.push_back(
                {std::string(trim(english[i])), i < welsh.size() ? std::string(trim(welsh[i])) : ""});
        }
        if (rule.label.english.empty()) complain(place, "label::English (en)", "is missing");
        if (rule.min_level != "told" && rule.min_level != "copy" && rule.min_level != "original") {
            complain(place, "min_level", "is told, copy or original");
        }
        if (const auto when = expression(place, "when", wholeClaim())) {
            row.when = when->id;
            row.group = onlyGroup(place, when->scanned.refs);
            if (row.group) rule.repeat = m_pack->repeats[*row.group].id;
        }
        m_pack->proofs.push_back(std::move(rule));
        m_pack->proof_rows.push_back(row);
    });
}

/// The repeat whose answers the rule names: it is tested once for each of its instances.
std::optional<std::size_t> PackLoader::onlyGroup(const Place& place, const std::vector<std::size_t>& refs) {
    std::optional<std::size_t> group;
    for (const auto ref : refs) {
        const auto of = m_pack->rows[ref].group;
        if (of && group && *of != *group) complain(place, "when", "names answers of two repeats");
        if (of) group = of;
    }
    return group;
}

void PackLoader::readPrescreen() {
    m_pack->alternatives.resize(m_pack->benefits.size());
    std::set<std::size_t> last_holds;
    std::set<std::size_t> refs;
    eachRow("prescreen.csv", [&](const Place& place) {
        PrescreenRow row;
        const auto benefit = benefitNamed(place, "benefit", place.cell("benefit"));
        const auto verdict = place.cell("verdict");
        if (verdict == "likely")
            row.verdict = Verdict::Likely;
        else if (verdict == "possible")
            row.verdict = Verdict::Possible;
        else if (verdict == "unlikely")
            row.verdict = Verdict::Unlikely;
        else
            complain(place, "verdict", "is likely, possible or unlikely");
        row.reason = filledText(place, "reason");
        row.change = filledText(place, "change");
        if (row.reason.english.empty()) complain(place, "reason::English (en)", "is missing");
        if (place.cell("when").empty()) complain(place, "when", "is missing: write true()");
        const auto when = expression(place, "when", wholeClaim());
        if (!benefit) return;
        if (last_holds.contains(*benefit)) complain(place, "when", "a row before this one always holds");
        if (place.cell("when") == "true()") last_holds.insert(*benefit);
        for (const auto& other : words(place.cell("not_with"))) {
            if (const auto alternative = benefitNamed(place, "not_with", other)) addAlternative(*benefit, *alternative);
        }
        if (!when) return;
        refs.insert(when->scanned.refs.begin(), when->scanned.refs.end());
        if (when->scanned.calls_prescreen) complain(place, "when", "prescreen() cannot call itself");
        row.benefit = *benefit;
        row.when = when->id;
        m_pack->prescreen.push_back(std::move(row));
    });
    for (std::size_t i = 0; i < m_pack->benefits.size(); ++i) {
        if (!last_holds.contains(i)) {
            m_errors.push_back("prescreen.csv:0:when: " + m_pack->benefits[i].name + " has no last row that is true()");
        }
    }
    dependOnPrescreen(refs);
}

/// A row that calls prescreen() stands on all that the pre-screen's rows name.
void PackLoader::dependOnPrescreen(const std::set<std::size_t>& refs) {
    for (std::size_t slot = 0; slot < m_pack->rows.size(); ++slot) {
        auto& row = m_pack->rows[slot];
        if (!row.calls_prescreen) continue;
        row.depends.insert(row.depends.end(), refs.begin(), refs.end());
        for (const auto ref : refs) {
            if (ref < slot) continue;
            complain(m_sources[slot].place, "calculation",
                     "prescreen() needs ${" + m_pack->rows[ref].id + "}, which comes later or is the row itself");
        }
    }
}

void PackLoader::addAlternative(std::size_t a, std::size_t b) {
    for (const auto& [one, other] : {std::pair(a, b), std::pair(b, a)}) {
        auto& list = m_pack->alternatives[one];
        if (std::find(list.begin(), list.end(), other) == list.end()) list.push_back(other);
    }
}

std::optional<std::size_t> PackLoader::benefitNamed(const Place& place, std::string_view column,
                                                    std::string_view name) {
    const auto& benefits = m_pack->benefits;
    const auto found =
        std::find_if(benefits.begin(), benefits.end(), [&](const auto& each) { return each.name == name; });
    if (found == benefits.end()) {
        complain(place, column, "there is no benefit '" + std::string(name) + "'");
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - benefits.begin());
}

void PackLoader::readWarnings() {
    std::set<std::string> taken;
    eachRow("warnings.csv", [&](const Place& place) {
        WarningRow row;
        row.id = uniqueName(place, "id", taken);
        row.about = words(place.cell("about"));
        row.action = flag(place, "action");
        row.text = filledText(place, "text");
        for (const auto& id : row.about) readAbout(place, id, row);
        if (row.text.english.empty()) complain(place, "text::English (en)", "is missing");
        if (place.cell("when").empty()) complain(place, "when", "is missing");
        const auto when = expression(place, "when", wholeClaim());
        if (!when) return;
        row.when = when->id;
        m_pack->warnings.push_back(std::move(row));
    });
}

/// A warning about a repeat's question is tested for each of its instances.
void PackLoader::readAbout(const Place& place, const std::string& id, WarningRow& row) {
    const bool is_repeat = std::any_of(m_pack->repeats.begin(), m_pack->repeats.end(),
                                       [&](const auto& repeat) { return repeat.id == id; });
    if (is_repeat) return;
    const auto slot = m_pack->slots.find(id);
    if (slot == m_pack->slots.end() || !m_pack->rows[slot->second].question) {
        complain(place, "about", "there is no question or repeat " + id);
        return;
    }
    const auto& group = m_pack->rows[slot->second].group;
    if (group && row.group && *row.group != *group) complain(place, "about", "names questions of two repeats");
    if (group) row.group = group;
}

void PackLoader::readDeclarations() {
    std::set<std::string> taken;
    eachRow("declarations.csv", [&](const Place& place) {
        DeclarationRow row;
        row.line.id = uniqueName(place, "id", taken);
        row.line.text = filledText(place, "text");
        const auto version = place.cell("version");
        const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), row.line.version);
        if (error != std::errc() || end != version.data() + version.size() || row.line.version < 1) {
            complain(place, "version", "is not a number from 1");
        }
        if (row.line.text.english.empty()) complain(place, "text::English (en)", "is missing");
        if (const auto when = expression(place, "when", wholeClaim())) row.when = when->id;
        m_pack->declarations.push_back(std::move(row));
    });
}

}  // namespace fieldclaim
