#pragma once

#include <filesystem>

#include "tests/simulation/world.h"

namespace fieldclaim::sim {

/// Copies a store's file and its log as a killed process leaves them: nobody has closed them.
void copyAsKilled(const std::filesystem::path& store, const std::filesystem::path& to);
/// Puts such a copy in the place of its store, which nobody has open any more.
void putBack(const std::filesystem::path& copy, const std::filesystem::path& store);
/// Appends to a store's log what a write that never ended leaves there: part of a frame, or one with other bytes than
/// its checksum says. False when there is no log.
bool tearLog(const std::filesystem::path& store, Chance& chance);

}  // namespace fieldclaim::sim
