#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace fieldclaim::layering {

/// Reads the sources under shared, mobile, sync-server and qml of `root` and says which lines break the layering of
/// ARCHITECTURE.md, one message each ("shared/merge/x.cpp:3: shared/merge may not include sync-server/http/y.h"), in
/// the order of the files' names. `layers` is the file that CMake writes: "folder: dependency dependency …" a line, a
/// folder being one that has a library. Throws std::runtime_error when the file is missing or declares nothing.
std::vector<std::string> findWrongArrows(const std::filesystem::path& root, const std::filesystem::path& layers);

}  // namespace fieldclaim::layering
