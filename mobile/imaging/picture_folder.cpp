#include "mobile/imaging/picture_folder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QStorageInfo>

namespace fieldclaim::tablet {

QList<FolderEntry> picturePlaces() {
    QList<FolderEntry> out;
    const auto add = [&out](const QString& path, const QString& name) {
        const QFileInfo info(path);
        if (path.isEmpty() || !info.isDir() || !info.isReadable()) return;
        for (const auto& other : out) {
            if (other.path == info.canonicalFilePath()) return;
        }
        out.append({info.canonicalFilePath(), name, true, 0, {}});
    };
    for (const auto place : {QStandardPaths::PicturesLocation, QStandardPaths::DownloadLocation,
                             QStandardPaths::DocumentsLocation, QStandardPaths::DesktopLocation}) {
        const auto path = QStandardPaths::writableLocation(place);
        if (path != QDir::homePath()) add(path, QStandardPaths::displayName(place));
    }
    for (const auto& volume : QStorageInfo::mountedVolumes()) {
        const auto root = volume.rootPath();
        const bool is_plugged_in =
            root.startsWith(QLatin1String("/media/")) || root.startsWith(QLatin1String("/mnt/")) ||
            root.startsWith(QLatin1String("/run/media/")) || root.startsWith(QLatin1String("/storage/")) ||
            (root.size() == 3 && root[1] == QLatin1Char(':') && root[0] > QLatin1Char('C'));
        if (is_plugged_in && volume.isReady()) add(root, volume.displayName());
    }
    return out;
}

QList<FolderEntry> pictureEntries(const QString& folder) {
    static const QStringList kNames{QStringLiteral("*.jpg"),  QStringLiteral("*.jpeg"), QStringLiteral("*.png"),
                                    QStringLiteral("*.gif"),  QStringLiteral("*.bmp"),  QStringLiteral("*.heic"),
                                    QStringLiteral("*.heif"), QStringLiteral("*.pdf")};
    const QDir directory(folder);
    QList<FolderEntry> out;
    const auto add = [&out](const QFileInfo& info) {
        if (out.size() < kMostEntries)
            out.append({info.absoluteFilePath(), info.fileName(), info.isDir(), info.size(), info.lastModified()});
    };
    for (const auto& info :
         directory.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks | QDir::Readable, QDir::Name))
        add(info);
    for (const auto& info :
         directory.entryInfoList(kNames, QDir::Files | QDir::NoSymLinks | QDir::Readable, QDir::Time))
        add(info);
    return out;
}

tl::expected<QByteArray, ReadProblem> readPictureFile(const QString& path, const PictureLimits& limits) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return tl::unexpected(ReadProblem::Gone);
    if (file.size() > limits.most_bytes) return tl::unexpected(ReadProblem::TooLarge);
    // A device or a pipe has no size: one byte more than is wanted tells.
    auto bytes = file.read(limits.most_bytes + 1);
    if (bytes.size() > limits.most_bytes) return tl::unexpected(ReadProblem::TooLarge);
    return bytes;
}

}  // namespace fieldclaim::tablet
