#pragma once

#include <QList>
#include <QString>
#include <cstdint>
#include <functional>
#include <memory>

#include "mobile/imaging/frame_source.h"
#include "mobile/imaging/picture_folder.h"

namespace fieldclaim::tablet {

/// What pictures need of the machine, as the app gives it; in tests all of it is made up.
struct PictureParts {
    /// None: there is no camera.
    std::function<std::unique_ptr<FrameSource>()> make_camera = {};
    /// Where files are offered.
    std::function<QList<FolderEntry>()> places = picturePlaces;
    /// Of the disk that has the vault; below 0 when it cannot be said.
    std::function<std::int64_t()> free_bytes = {};
};

}  // namespace fieldclaim::tablet
