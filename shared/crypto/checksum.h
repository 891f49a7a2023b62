#pragma once

#include <optional>
#include <string_view>

#include "shared/base/bytes.h"

namespace fieldclaim {

/// A digest that travels beside bytes to find damage on the way. Nothing is trusted because of one: SHA-1 is here
/// because tus asks every server for it.
class Checksum {
public:
    enum class Kind { Sha1, Sha256 };
    /// "sha1", "sha256".
    static std::optional<Kind> kindOf(std::string_view name);
    static std::size_t sizeOf(Kind kind) { return kind == Kind::Sha1 ? 20 : 32; }

    explicit Checksum(Kind kind);
    ~Checksum();
    Checksum(const Checksum&) = delete;
    Checksum& operator=(const Checksum&) = delete;
    void update(ByteView data);
    Bytes finish();

private:
    void* m_context = nullptr;
};

}  // namespace fieldclaim
