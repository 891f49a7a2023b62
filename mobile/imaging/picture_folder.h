#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <tl/expected.hpp>

#include "mobile/imaging/picture_reader.h"

namespace fieldclaim::tablet {

/// A folder or a file that may be a picture.
struct FolderEntry {
    QString path;
    QString name;
    bool is_folder = false;
    qint64 size = 0;
    QDateTime changed;
};

/// Where people keep pictures on this machine, and what is plugged into it; only what is there.
QList<FolderEntry> picturePlaces();
/// Folders first, by name; then files, the newest first; kMostEntries in all. Those whose names say that they are
/// pictures, or documents of which a person would expect it. Hidden ones and links are left out.
constexpr int kMostEntries = 500;
QList<FolderEntry> pictureEntries(const QString& folder);

enum class ReadProblem { Gone, TooLarge };
/// The whole file in memory, and nowhere else. A file larger than the limits is not read at all.
tl::expected<QByteArray, ReadProblem> readPictureFile(const QString& path, const PictureLimits& limits = {});

}  // namespace fieldclaim::tablet
