#include "qml/App/removable_drives.h"

#include <QDir>
#include <QStorageInfo>
#include <algorithm>

namespace fieldclaim::tablet {
namespace {

/// Where a desktop puts what is plugged in (udisks), and Android its cards and sticks. On Windows a drive letter of its
/// own, other than the system's.
bool isRemovable(const QStorageInfo& volume) {
#ifdef Q_OS_WIN
    return !volume.isRoot() && volume.rootPath() != QDir::rootPath();
#else
    const auto path = volume.rootPath();
    for (const auto* place : {"/media/", "/run/media/", "/storage/"}) {
        if (path.startsWith(QLatin1String(place))) return !path.startsWith(QLatin1String("/storage/emulated"));
    }
    return false;
#endif
}

}  // namespace

std::vector<Drive> removableDrives() {
    std::vector<Drive> out;
    for (const auto& volume : QStorageInfo::mountedVolumes()) {
        if (!volume.isValid() || !volume.isReady() || volume.isReadOnly() || !isRemovable(volume)) continue;
        const auto name = volume.name().isEmpty() ? QDir(volume.rootPath()).dirName() : volume.displayName();
        out.push_back(
            {volume.rootPath().toStdString(), name.isEmpty() ? volume.rootPath() : name, volume.bytesAvailable()});
    }
    std::sort(out.begin(), out.end(), [](const Drive& a, const Drive& b) { return a.folder < b.folder; });
    return out;
}

}  // namespace fieldclaim::tablet
