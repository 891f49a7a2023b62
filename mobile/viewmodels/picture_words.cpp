#include "mobile/viewmodels/picture_words.h"

#include <QCoreApplication>

namespace fieldclaim::tablet::words {
namespace {

struct PictureWords {
    Q_DECLARE_TR_FUNCTIONS(PictureWords)
};

QString percent(double share) { return QString::number(qRound(share * 100)); }

}  // namespace

QString problem(PictureProblem problem) {
    switch (problem) {
        case PictureProblem::Empty:
            return PictureWords::tr("The file is empty. Choose another one, or take the picture again.");
        case PictureProblem::TooManyBytes:
            return PictureWords::tr(
                "The file is larger than 64 MB. Take the picture with this tablet, or save it smaller first.");
        case PictureProblem::TooManyPixels:
            return PictureWords::tr(
                "The picture says that it is larger than any page needs, so it was not opened. Take it with this "
                "tablet, "
                "or save it smaller first.");
        case PictureProblem::Pdf:
            return PictureWords::tr(
                "A PDF is not taken: nothing in it could be checked or blacked out here. Photograph each page that "
                "matters, from paper or from the screen.");
        case PictureProblem::Heic:
            return PictureWords::tr(
                "This kind of picture (HEIC) cannot be read here. Set the telephone to save JPEG, or photograph the "
                "page "
                "with this tablet.");
        case PictureProblem::OtherKind:
            return PictureWords::tr("This is not a picture that can be read. Choose a JPEG or PNG file.");
        case PictureProblem::Cut:
            return PictureWords::tr("The end of the picture is missing: it was not copied whole. Copy it again.");
        case PictureProblem::Damaged:
            return PictureWords::tr("The picture is damaged and cannot be opened. Copy it again, or take a new one.");
    }
    return {};
}

QString problem(ReadProblem problem) {
    if (problem == ReadProblem::TooLarge) return words::problem(PictureProblem::TooManyBytes);
    return PictureWords::tr("The file cannot be read. Was the stick pulled out, or the file moved?");
}

QString problem(PdfProblem problem) {
    switch (problem) {
        case PdfProblem::TooManyBytes:
            return PictureWords::tr(
                "The file is larger than 10 MB. Save it smaller first, or photograph the pages that "
                "matter.");
        case PdfProblem::TooManyPages:
            return PictureWords::tr(
                "The file has more than 500 pages. Save the pages that matter as a file of their own.");
        case PdfProblem::Locked:
            return PictureWords::tr(
                "The PDF is protected by a password, and whoever decides could not open it. Save it "
                "without one, or photograph the pages.");
        case PdfProblem::Damaged:
            return PictureWords::tr("The PDF is damaged and cannot be opened. Copy it again, or photograph the pages.");
    }
    return {};
}

QString pdfPages(int count) {
    return count == 1 ? PictureWords::tr("PDF, 1 page") : PictureWords::tr("PDF, %1 pages").arg(count);
}

Advice flaw(PictureFlaw flaw, const PictureMeasures& measures) {
    switch (flaw) {
        case PictureFlaw::TooSmall:
            return {
                PictureWords::tr("Few dots"),
                PictureWords::tr("The long side has %1 dots; small print needs %2. Go closer, so that the page fills "
                                 "the picture.")
                    .arg(measures.long_side)
                    .arg(kLeastLongSide)};
        case PictureFlaw::Blank:
            return {PictureWords::tr("Nothing to read"),
                    PictureWords::tr("Print was found on %1 % of the picture. Is it the right side of the page, and is "
                                     "the lens clear?")
                        .arg(percent(measures.content))};
        case PictureFlaw::Dark:
            return {PictureWords::tr("Dark"),
                    PictureWords::tr("The paper's brightness is %1 of 255; %2 is wanted. Turn on a light, or go to the "
                                     "window.")
                        .arg(measures.brightness)
                        .arg(kLeastBrightness)};
        case PictureFlaw::Blurred:
            return {PictureWords::tr("Blurred"),
                    PictureWords::tr("Sharpness is %1; %2 is wanted, and a clear page has 60 or more. Hold the tablet "
                                     "still, wait until it is sharp, and take it again.")
                        .arg(qRound(measures.sharpness))
                        .arg(qRound(kLeastSharpness))};
        case PictureFlaw::Glare:
            return {
                PictureWords::tr("A light shines on it"),
                PictureWords::tr("%1 % of the page is burnt out to white. Tilt the page or move away from the lamp.")
                    .arg(percent(measures.glare))};
    }
    return {};
}

Advice camera(FrameSource::State state) {
    switch (state) {
        case FrameSource::State::Missing:
            return {PictureWords::tr("No camera was found"),
                    PictureWords::tr("Plug one in and try again, or choose a picture from a file.")};
        case FrameSource::State::Refused:
            return {PictureWords::tr("The camera may not be used"),
                    PictureWords::tr("Allow it for Fieldclaim in the tablet's own settings and try again, or choose a "
                                     "picture from a file.")};
        case FrameSource::State::Busy:
            return {
                PictureWords::tr("The camera does not start"),
                PictureWords::tr("Another app may be using it. Close that and try again, or choose a picture from a "
                                 "file.")};
        case FrameSource::State::Starting:
            return {PictureWords::tr("The camera is starting"), QString()};
        case FrameSource::State::Off:
        case FrameSource::State::On:
            break;
    }
    return {};
}

QString pages(int count) {
    if (count == 0) return {};
    return count == 1 ? PictureWords::tr("1 picture") : PictureWords::tr("%1 pictures").arg(count);
}

QString bytes(std::int64_t count) {
    if (count >= 1'000'000'000)
        return PictureWords::tr("%1 GB").arg(QString::number(static_cast<double>(count) / 1e9, 'f', 1));
    if (count >= 1'000'000)
        return PictureWords::tr("%1 MB").arg(QString::number(static_cast<double>(count) / 1e6, 'f', 1));
    return PictureWords::tr("%1 KB").arg((count + 999) / 1000);
}

Advice room(const StorageRoom& room) {
    switch (room.level()) {
        case StorageRoom::Level::Low:
            return {PictureWords::tr("Storage nearly full"),
                    PictureWords::tr("%1 left on this tablet. Send what waits, and ask support to make room.")
                        .arg(bytes(room.freeBytes()))};
        case StorageRoom::Level::TooLittleForPictures:
            return {
                PictureWords::tr("No room for pictures"),
                PictureWords::tr("%1 left on this tablet. Answers are still saved; pictures are not taken until there "
                                 "is room. Write down what you saw, and ask support to make room.")
                    .arg(bytes(room.freeBytes()))};
        case StorageRoom::Level::Enough:
            break;
    }
    return {};
}

Toned scan(const ScanOutcome& scan) {
    switch (scan.fate) {
        case ScanFate::Taken:
            return {PictureWords::tr("Page %1 of %2 is taken").arg(scan.page).arg(scan.pages), "green"};
        case ScanFate::Copy:
            return {PictureWords::tr(
                        "This is a copy or a receipt, which nobody signs. Scan the pages that say Statement of your "
                        "claim."),
                    "amber"};
        case ScanFate::OtherClaim:
            return {PictureWords::tr("This page belongs to claim %1, not to this one. Open that claim to scan it.")
                        .arg(qt(Crn::display(scan.crn))),
                    "red"};
        case ScanFate::OldStatement:
            return {
                PictureWords::tr(
                    "This page is of an older statement: an answer changed after it was printed, or it was printed on "
                    "another tablet that has not sent it yet. Print the statement again, and have that one signed."),
                "red"};
        case ScanFate::OtherPrinting:
            return {PictureWords::tr("This page is of another printing, with %1 pages. Scan the pages of one printing.")
                        .arg(scan.pages),
                    "amber"};
        case ScanFate::NoCode:
            break;
    }
    return {PictureWords::tr(
                "The code at the top of the page cannot be read. Lay the page flat, with the whole page in the picture "
                "and no shadow on it, and scan it again."),
            "amber"};
}

}  // namespace fieldclaim::tablet::words
