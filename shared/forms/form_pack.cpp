#include "shared/forms/form_pack.h"

#include "shared/forms/evaluation.h"
#include "shared/forms/pack_impl.h"

namespace fieldclaim {

FormPack::FormPack(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
FormPack::~FormPack() = default;

const std::string& FormPack::id() const { return m_impl->id; }
const std::string& FormPack::version() const { return m_impl->version; }
std::string FormPack::name() const { return m_impl->id + "/" + m_impl->version; }
const std::vector<std::string>& FormPack::notes() const { return m_impl->notes; }
const std::string& FormPack::title() const { return m_impl->title; }
const std::vector<Question>& FormPack::questions() const { return m_impl->questions; }
const std::vector<Page>& FormPack::pages() const { return m_impl->pages; }
const std::vector<Section>& FormPack::sections() const { return m_impl->sections; }
const std::vector<Repeat>& FormPack::repeats() const { return m_impl->repeats; }
const std::vector<ProofRule>& FormPack::proofRules() const { return m_impl->proofs; }

const Question* FormPack::find(std::string_view question_id) const {
    const auto slot = m_impl->slots.find(question_id);
    if (slot == m_impl->slots.end() || !m_impl->rows[slot->second].question) return nullptr;
    return &m_impl->questions[*m_impl->rows[slot->second].question];
}

std::optional<std::string> FormPack::parameter(std::string_view key, Date on) const {
    const auto* row = m_impl->parameterRow(key, on);
    return row != nullptr ? std::optional(row->value) : std::nullopt;
}

const ParameterRow* FormPack::Impl::parameterRow(std::string_view key, Date on) const {
    const auto parameter = parameters.find(key);
    if (parameter == parameters.end()) return nullptr;
    const ParameterRow* newest = nullptr;
    for (const auto& row : parameter->second.rows) {
        if (row.from <= on) newest = &row;
    }
    return newest;
}

FormPack::Impl::Lease::Lease(const Impl& impl) : m_impl(impl) {
    {
        const std::lock_guard lock(impl.pool_mutex);
        if (!impl.pool.empty()) {
            m_set = std::move(impl.pool.back());
            impl.pool.pop_back();
        }
    }
    if (m_set) return;
    auto compiled = XPathSet::compile(impl.expressions);
    ENSURE(compiled.has_value());  // they compiled when the pack was loaded
    m_set = std::move(*compiled);
}

FormPack::Impl::Lease::~Lease() {
    const std::lock_guard lock(m_impl.pool_mutex);
    m_impl.pool.push_back(std::move(m_set));
}

}  // namespace fieldclaim
