#include "shared/merge/decision.h"

#include <array>

namespace fieldclaim {
namespace {

constexpr std::array<std::string_view, 3> kKinds{"release", "refuse", "apply"};

}  // namespace

std::string decisionPath(const ChangeSetId& id) { return std::string(kDecisionPrefix) + toHex(id); }

std::optional<ChangeSetId> decidedAt(std::string_view path) {
    if (!path.starts_with(kDecisionPrefix)) return std::nullopt;
    const auto bytes = fromHex(path.substr(kDecisionPrefix.size()));
    if (!bytes) return std::nullopt;
    const auto id = toArray<16>(*bytes);
    return id ? std::optional(*id) : std::nullopt;
}

Value encodeDecision(const Decision& decision) {
    Value::Map out{{"decision", std::string(kKinds.at(static_cast<std::size_t>(decision.kind)))},
                   {"by", decision.by.bytes},
                   {"reason", decision.reason}};
    if (decision.kind == Decision::Kind::Refuse) {
        Value::List edits;
        for (const auto& names : decision.names) {
            Value::List ids;
            for (const auto& id : names) ids.push_back(encodeEditId(id));
            edits.emplace_back(std::move(ids));
        }
        out.emplace("edits", std::move(edits));
    }
    return Value(std::move(out));
}

std::optional<Decision> decodeDecision(const Value& value) {
    const auto kind = value.textAt("decision");
    Decision out;
    std::size_t index = 0;
    while (index < kKinds.size() && kKinds.at(index) != kind) ++index;
    if (index == kKinds.size()) return std::nullopt;
    out.kind = static_cast<Decision::Kind>(index);
    if (const auto* by = value.at("by").bytes()) {
        if (const auto officer = Uuid::fromBytes(*by)) out.by = *officer;
    }
    out.reason = value.textAt("reason");
    const auto* edits = value.at("edits").list();
    if (edits == nullptr) return out;
    for (const auto& edit : *edits) {
        auto& names = out.names.emplace_back();
        if (edit.list() == nullptr) return std::nullopt;
        for (const auto& name : *edit.list()) {
            const auto id = decodeEditId(name);
            if (!id) return std::nullopt;
            names.push_back(*id);
        }
    }
    return out;
}

}  // namespace fieldclaim
