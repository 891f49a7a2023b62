#pragma once

#include <cstdint>
#include <functional>

namespace fieldclaim::tablet {

/// How much the tablet can still keep. Answers are small and are saved for as long as there is any room at all; a
/// picture is refused earlier, so that it never takes an answer's place. Without a way to ask, there is enough.
class StorageRoom {
public:
    enum class Level { Enough, Low, TooLittleForPictures };
    static constexpr std::int64_t kLowBytes = 500'000'000;     ///< about a thousand pages
    static constexpr std::int64_t kPictureBytes = 50'000'000;  ///< below it no picture is taken

    /// `free_bytes` of the disk that has the vault; below 0 when it cannot be said.
    explicit StorageRoom(std::function<std::int64_t()> free_bytes = {}) : m_free_bytes(std::move(free_bytes)) {}

    std::int64_t freeBytes() const { return m_free_bytes ? m_free_bytes() : -1; }
    Level level() const {
        const auto free = freeBytes();
        if (free < 0 || free >= kLowBytes) return Level::Enough;
        return free >= kPictureBytes ? Level::Low : Level::TooLittleForPictures;
    }

private:
    std::function<std::int64_t()> m_free_bytes;
};

}  // namespace fieldclaim::tablet
