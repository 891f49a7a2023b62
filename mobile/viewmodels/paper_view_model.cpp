#include "mobile/viewmodels/paper_view_model.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>
#include <QStorageInfo>
#include <QTimer>

#include "mobile/paper/scan_reader.h"
#include "mobile/viewmodels/picture_words.h"

namespace fieldclaim::tablet {
namespace {

const QStringList kPictures{QStringLiteral("*.jpg"), QStringLiteral("*.jpeg"), QStringLiteral("*.png"),
                            QStringLiteral("*.tif"), QStringLiteral("*.tiff"), QStringLiteral("*.webp"),
                            QStringLiteral("*.bmp")};

QString shortNumber(const std::string& crn) { return words::qt(Crn::display(crn)); }

}  // namespace

PaperViewModel::PaperViewModel(OpenCase& open_case, Signers signers, QObject* parent)
    : QObject(parent),
      m_case(open_case),
      m_signers(std::move(signers)),
      m_ink(open_case.desk().casework()),
      m_scans({"scanKey", "text", "tone"}, this) {
    const auto all = places();
    if (!all.isEmpty()) m_place = all.front().toMap().value(QStringLiteral("name")).toString();
    refresh();
}

QVariantList PaperViewModel::places() const {
    QVariantList out;
    const auto add = [&](const QString& path, const QString& label) {
        if (path.isEmpty() || !QFileInfo(path).isDir()) return;
        out.append(QVariantMap{{QStringLiteral("name"), path}, {QStringLiteral("label"), label}});
    };
    // What is plugged in comes first: a stick is what goes to the printer.
    for (const auto& volume : QStorageInfo::mountedVolumes()) {
        const auto root = volume.rootPath();
        const bool plugged_in = root.startsWith(QStringLiteral("/media/")) ||
                                root.startsWith(QStringLiteral("/run/media/")) ||
                                root.startsWith(QStringLiteral("/mnt/"));
        if (plugged_in && volume.isReady()) add(root, tr("Stick %1").arg(volume.displayName()));
    }
    add(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation), tr("Documents on this tablet"));
    add(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation), tr("Downloads on this tablet"));
    return out;
}

void PaperViewModel::setPlace(const QString& place) {
    m_place = place;
    emit changed();
}

void PaperViewModel::refresh() {
    m_state = m_case.isLoaded() ? m_ink.state(m_case.crn()).value_or(InkState()) : InkState();
    emit changed();
}

QString PaperViewModel::progress() const {
    if (!isPrinted()) return {};
    if (m_state.pages == 0) return tr("No page is scanned yet");
    if (m_state.isComplete())
        return m_state.pages == 1 ? tr("The page is scanned") : tr("All %1 pages are scanned").arg(m_state.pages);
    QStringList missing;
    for (int page = 1; page <= m_state.pages; ++page) {
        if (!m_state.scans.contains(page)) missing.append(QString::number(page));
    }
    const auto pages = missing.join(QStringLiteral(", "));
    return missing.size() == 1 ? tr("Still to be scanned: page %1 of %2").arg(pages).arg(m_state.pages)
                               : tr("Still to be scanned: pages %1 of %2").arg(pages).arg(m_state.pages);
}

bool PaperViewModel::fail(const QString& words) {
    m_error = words;
    m_note.clear();
    emit changed();
    return false;
}

bool PaperViewModel::save(const Result<Bytes>& pdf, const QString& name) {
    if (!pdf) {
        return fail(pdf.error().code == ErrorCode::NotFound
                        ? tr("The typeface Noto Sans is not installed on this tablet, and papers are set in it. Tell "
                             "whoever looks after the tablets.")
                        : words::error(pdf.error(), m_case.desk().language()));
    }
    if (m_place.isEmpty()) return fail(tr("There is no folder to save it in. Plug in a stick."));
    QSaveFile file(QDir(m_place).filePath(name));
    const auto bytes =
        QByteArray::fromRawData(reinterpret_cast<const char*>(pdf->data()), static_cast<qsizetype>(pdf->size()));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(tr("It cannot be saved there. Is the stick full, or write-protected? Choose another folder."));
    m_error.clear();
    m_note = tr("Saved as %1. Print it, then delete the file: it is not encrypted.").arg(name);
    emit changed();
    return true;
}

bool PaperViewModel::saveStatement() {
    const auto statement = m_ink.print(m_case.crn(), m_case.desk().language());
    if (!statement) return fail(words::error(statement.error(), m_case.desk().language()));
    refresh();
    return save(statementToSignPdf(*statement, m_signers()), tr("Statement %1.pdf").arg(shortNumber(m_case.crn())));
}

std::optional<std::vector<Seal>> PaperViewModel::seals() const {
    if (!m_case.isLoaded() || m_case.claim().review.statement == nullptr) return std::nullopt;
    return sealsOf(m_case.claim().state);
}

ClaimOutlook PaperViewModel::outlook(Language language) const {
    const auto& casework = m_case.desk().casework();
    return outlookOf(m_case.claim().review, language, casework.siteName(), casework.officer().name);
}

bool PaperViewModel::saveCopy() {
    const auto own = seals();
    if (!own) return fail(tr("Nothing is signed yet."));
    const auto& statement = *m_case.claim().review.statement;
    return save(customerCopyPdf(statement, *own, outlook(statement.language)),
                tr("Copy %1.pdf").arg(shortNumber(m_case.crn())));
}

bool PaperViewModel::saveReceipt() {
    const auto own = seals();
    if (!own) return fail(tr("Nothing is signed yet."));
    const auto& statement = *m_case.claim().review.statement;
    return save(receiptPdf(statement, *own, outlook(statement.language)),
                tr("Receipt %1.pdf").arg(shortNumber(m_case.crn())));
}

void PaperViewModel::readScans() {
    if (isReading()) return;
    m_error.clear();
    m_note.clear();
    m_without_code = 0;
    m_outcomes.clear();
    m_scans.setRecords({});
    const QDir folder(m_place);
    if (m_place.isEmpty() || !folder.exists()) {
        fail(tr("The folder is not there any more. Plug the stick in again, or choose another folder."));
        return;
    }
    auto names = folder.entryList(kPictures, QDir::Files | QDir::Readable, QDir::Time);
    if (names.isEmpty()) {
        fail(tr("There is no picture in this folder. Scan each page as a JPEG or PNG picture, not as a PDF."));
        return;
    }
    for (const auto& name : names.mid(0, kMostScans)) m_waiting.append(folder.filePath(name));
    emit changed();
    QTimer::singleShot(0, this, &PaperViewModel::readNext);
}

void PaperViewModel::readNext() {
    if (m_waiting.isEmpty()) return;
    const auto path = m_waiting.takeFirst();
    const auto name = QFileInfo(path).fileName();
    const auto say = [&](const words::Toned& said) {
        m_outcomes.append({path, QStringLiteral("%1: %2").arg(name, said.text), said.tone});
        m_scans.setRecords(m_outcomes);
    };
    QFile file(path);
    Result<ReadScan> read = tl::unexpected<Error>(Error{ErrorCode::NotFound, {}});
    if (file.size() > static_cast<qint64>(kMostScanFileBytes)) {
        read = tl::unexpected<Error>(Error{ErrorCode::TooLarge, {}});
    } else if (file.open(QIODevice::ReadOnly)) {
        const auto bytes = file.readAll();
        read = readScan(
            ByteView(reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size())));
    }
    if (!read) {
        say({read.error().code == ErrorCode::TooLarge
                 ? tr("This picture is too large. Scan the page with 200 dots an inch.")
                 : tr("This picture cannot be opened. It may be damaged: scan the page again."),
             "amber"});
    } else if (!read->mark) {
        ++m_without_code;
        if (m_without_code <= 3) say(words::scan({}));
    } else if (const auto taken = m_ink.take(m_case.crn(), read->jpeg, read->mark); !taken) {
        m_waiting.clear();
        fail(words::error(taken.error(), m_case.desk().language()));
    } else {
        say(words::scan(*taken));
    }
    if (m_waiting.isEmpty() && m_without_code > 3)
        m_note = tr("%1 pictures in this folder have no code that can be read").arg(m_without_code);
    refresh();
    if (!m_waiting.isEmpty()) QTimer::singleShot(0, this, &PaperViewModel::readNext);
}

}  // namespace fieldclaim::tablet
