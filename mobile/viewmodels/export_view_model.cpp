#include "mobile/viewmodels/export_view_model.h"

#include <QElapsedTimer>
#include <algorithm>

namespace fieldclaim::tablet {
namespace {

constexpr int kLook_ms = 1500;
constexpr int kWork_ms = 20;  ///< at a time, so that frames are drawn in between
constexpr qint64 kMegabyte = 1'000'000;

QString saves(quint64 count) {
    return count == 1 ? ExportViewModel::tr("1 save") : ExportViewModel::tr("%1 saves").arg(count);
}
QString images(quint64 count) {
    return count == 1 ? ExportViewModel::tr("1 image or document")
                      : ExportViewModel::tr("%1 images or documents").arg(count);
}
QString counts(const VaultExport::Progress& written) {
    const auto all = saves(written.change_sets);
    return written.images == 0 ? all : all + QStringLiteral(", ") + images(written.images);
}
QString megabytes(qint64 bytes) {
    return ExportViewModel::tr("%1 MB").arg(std::max<qint64>(1, (bytes + kMegabyte / 2) / kMegabyte));
}

}  // namespace

ExportViewModel::ExportViewModel(Vault& vault, const Clock& clock, DriveLister drives, QObject* parent)
    : QObject(parent), m_vault(vault), m_clock(clock), m_lister(std::move(drives)) {
    m_look.setInterval(kLook_ms);
    connect(&m_look, &QTimer::timeout, this, &ExportViewModel::lookForDrives);
    m_work.setInterval(0);
    connect(&m_work, &QTimer::timeout, this, &ExportViewModel::work);
}

ExportViewModel::~ExportViewModel() = default;

void ExportViewModel::setLanguage(Language language) {
    m_language = language;
    emit changed();
}

QVariantList ExportViewModel::drives() const {
    QVariantList out;
    for (const auto& one : m_drives) {
        out.append(QVariantMap{{QStringLiteral("name"), words::qt(one.folder)},
                               {QStringLiteral("label"), one.name},
                               {QStringLiteral("hint"), tr("%1 free").arg(megabytes(one.free_bytes))}});
    }
    return out;
}

const Drive* ExportViewModel::chosen() const {
    const auto found = std::find_if(m_drives.begin(), m_drives.end(),
                                    [&](const Drive& one) { return words::qt(one.folder) == m_drive; });
    return found == m_drives.end() ? nullptr : &*found;
}

void ExportViewModel::setDrive(const QString& folder) {
    if (m_drive == folder) return;
    m_drive = folder;
    m_error = {};
    emit changed();
}

double ExportViewModel::progress() const {
    if (!m_export || m_export->progress().all_bytes == 0) return -1;
    return static_cast<double>(m_export->progress().bytes) / static_cast<double>(m_export->progress().all_bytes);
}

QString ExportViewModel::progressText() const {
    if (m_step != QStringLiteral("writing")) return {};
    if (!m_export) return m_vault.isDamaged() ? tr("Reading what can be read. This can take some minutes.") : QString();
    const auto& now = m_export->progress();
    return tr("Written: %1. Leave the stick in.").arg(counts(now));
}

void ExportViewModel::open() {
    if (m_step == QStringLiteral("writing")) return;
    m_step = QStringLiteral("choose");
    m_error = {};
    m_report = {};
    lookForDrives();
    m_look.start();
    emit changed();
}

void ExportViewModel::lookForDrives() {
    auto now = m_lister ? m_lister() : std::vector<Drive>();
    const bool same =
        std::equal(now.begin(), now.end(), m_drives.begin(), m_drives.end(), [](const auto& a, const auto& b) {
            return a.folder == b.folder && a.name == b.name && a.free_bytes == b.free_bytes;
        });
    m_drives = std::move(now);
    if (chosen() == nullptr) m_drive = m_drives.size() == 1 ? words::qt(m_drives.front().folder) : QString();
    if (!same) emit changed();
}

void ExportViewModel::begin() {
    if (m_step != QStringLiteral("choose")) return;
    lookForDrives();
    if (chosen() == nullptr) {
        m_error = m_drives.empty() ? words::Said([] { return tr("Put a USB stick into the tablet first"); })
                                   : words::Said([] { return tr("Choose the stick"); });
        emit changed();
        return;
    }
    m_error = {};
    m_look.stop();
    m_step = QStringLiteral("writing");
    emit changed();
    // Reading a damaged store takes a while: the words are drawn first.
    QTimer::singleShot(30, this, &ExportViewModel::start);
}

void ExportViewModel::start() {
    if (m_step != QStringLiteral("writing") || m_export) return;
    m_file_name = words::qt(VaultExport::nameFor(m_vault.deviceState().device, m_clock.wallMs()));
    auto begun = VaultExport::begin(m_vault, words::utf8(m_drive) + "/" + words::utf8(m_file_name));
    if (!begun) {
        refuse(begun.error());
        return;
    }
    m_export = std::move(*begun);
    m_work.start();
    emit changed();
}

void ExportViewModel::work() {
    QElapsedTimer spent;
    spent.start();
    while (m_export && spent.elapsed() < kWork_ms) {
        const auto done = m_export->step();
        if (!done) {
            refuse(done.error());
            return;
        }
        if (*done) {
            finish();
            return;
        }
    }
    emit changed();
}

void ExportViewModel::finish() {
    m_work.stop();
    const auto written = m_export->progress();
    m_export.reset();
    const auto* const drive = chosen();
    m_report = [written, name = drive != nullptr ? drive->name : QString()] {
        return tr("Saved on the stick %2: %1. Only the server can read it. Take the stick out and give it to your "
                  "supervisor. This tablet keeps the work too, and sends it when it has a network: nothing counts "
                  "twice.")
            .arg(counts(written), name);
    };
    m_step = QStringLiteral("done");
    emit changed();
}

void ExportViewModel::refuse(const Error& error) {
    m_work.stop();
    m_export.reset();
    m_step = QStringLiteral("choose");
    switch (error.code) {
        case ErrorCode::DiskFull:
            m_error = [] {
                return tr(
                    "The stick is full. Use an empty one. Nothing was left on this one, and nothing on the tablet "
                    "has changed.");
            };
            break;
        case ErrorCode::Storage:
            m_error = [] {
                return tr(
                    "The stick was pulled out or cannot be written. Put it in again, or use another. Nothing on "
                    "the tablet has changed.");
            };
            break;
        case ErrorCode::NotFound:
            m_error = [] { return tr("The server has everything that was saved here. There is nothing to copy."); };
            break;
        case ErrorCode::Unsupported:
            m_error = [] {
                return tr(
                    "This tablet does not have the server's key yet. It gets it with the next contact; call your "
                    "supervisor.");
            };
            break;
        default:
            m_error = [this, error] { return words::error(error, m_language); };
    }
    m_look.start();
    lookForDrives();
    emit changed();
}

void ExportViewModel::close() {
    m_look.stop();
    m_work.stop();
    m_export.reset();
    m_error = {};
    m_step = QStringLiteral("closed");
    emit changed();
}

}  // namespace fieldclaim::tablet
