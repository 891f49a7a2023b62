#pragma once

#include "mobile/casework/ink_route.h"
#include "mobile/imaging/frame_source.h"
#include "mobile/imaging/pdf_reader.h"
#include "mobile/imaging/picture_folder.h"
#include "mobile/imaging/picture_quality.h"
#include "mobile/imaging/picture_reader.h"
#include "mobile/viewmodels/storage_room.h"
#include "mobile/viewmodels/words.h"

// What the tablet says of pictures: what is wrong, with its figure, and what to do. Pure functions; the words go
// through the translator.
namespace fieldclaim::tablet::words {

/// A short title and what to do; both empty when there is nothing to say.
struct Advice {
    QString title;
    QString text;
};

QString problem(PictureProblem problem);
QString problem(ReadProblem problem);
QString problem(PdfProblem problem);
/// "PDF, 3 pages"
QString pdfPages(int count);
Advice flaw(PictureFlaw flaw, const PictureMeasures& measures);
Advice camera(FrameSource::State state);
/// "2 pictures"; empty for none.
QString pages(int count);
/// "1.2 MB", "412 KB"
QString bytes(std::int64_t count);
/// What became of a page that was signed in ink, and what to do where it was not taken.
Toned scan(const ScanOutcome& scan);
/// Empty while there is enough.
Advice room(const StorageRoom& room);

}  // namespace fieldclaim::tablet::words
