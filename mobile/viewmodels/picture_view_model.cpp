#include "mobile/viewmodels/picture_view_model.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QThreadPool>
#include <algorithm>

#include "mobile/imaging/code_reader.h"
#include "mobile/imaging/picture_pack.h"
#include "mobile/imaging/picture_reader.h"
#include "mobile/viewmodels/picture_words.h"

namespace fieldclaim::tablet {

template <typename Work, typename Done>
void PictureViewModel::inBackground(Work work, Done done) {
    m_busy = true;
    m_error = {};
    emit changed();
    QThreadPool::globalInstance()->start([self = QPointer<PictureViewModel>(this), work = std::move(work), done] {
        auto result = work();
        QMetaObject::invokeMethod(QCoreApplication::instance(), [self, done, result = std::move(result)]() mutable {
            if (!self) return;
            self->m_busy = false;
            done(std::move(result));
            if (self) emit self->changed();
        });
    });
}

PictureViewModel::PictureViewModel(OpenCase& open_case, PictureGoal goal, const PictureParts& parts, QObject* parent)
    : QObject(parent),
      m_case(open_case),
      m_goal(std::move(goal)),
      m_parts(parts),
      m_files({"path", "name", "detail", "folder"}, this) {
    m_case.resetSaveState();
    connect(&m_case, &OpenCase::changed, this, &PictureViewModel::changed);
    if (takesPdf()) {
        openFiles();
    } else {
        openCamera();
    }
}

PictureViewModel::~PictureViewModel() = default;

QString PictureViewModel::goal() const {
    switch (m_goal.kind) {
        case PictureGoal::Kind::Answer:
            return takesPdf() ? QStringLiteral("file") : QStringLiteral("answer");
        case PictureGoal::Kind::Scan:
            return QStringLiteral("scan");
        case PictureGoal::Kind::Code:
            return QStringLiteral("code");
        case PictureGoal::Kind::Proof:
            break;
    }
    return QStringLiteral("proof");
}

bool PictureViewModel::takesPdf() const {
    const auto* asked = question();
    return m_goal.kind == PictureGoal::Kind::Answer && asked != nullptr && asked->type == QuestionType::File;
}

const Question* PictureViewModel::question() const {
    return m_case.isLoaded() ? m_case.pack().find(m_goal.key.substr(m_goal.key.rfind('/') + 1)) : nullptr;
}

QString PictureViewModel::about() const {
    if (!m_case.isLoaded()) return {};
    const auto language = m_case.desk().language();
    if (m_goal.kind != PictureGoal::Kind::Proof) {
        const auto* asked = question();
        return asked != nullptr ? words::qt(asked->label.in(language)) : QString();
    }
    for (const auto& need : m_case.evaluation().proofs()) {
        if (need.key() == m_goal.key) return words::qt(need.rule->label.in(language));
    }
    return {};
}

void PictureViewModel::fail(words::Said error) {
    m_error = std::move(error);
    emit changed();
}

void PictureViewModel::showStage(const QString& stage) {
    m_stage = stage;
    m_error = {};
    if (stage != QStringLiteral("camera")) closeCamera();
    if (stage != QStringLiteral("edit")) m_draft.reset();
}

// -- camera

FrameSource::State PictureViewModel::cameraState() const {
    return m_camera ? m_camera->state() : FrameSource::State::Missing;
}

QString PictureViewModel::cameraTitle() const { return words::camera(cameraState()).title; }
QString PictureViewModel::cameraText() const { return words::camera(cameraState()).text; }

void PictureViewModel::setGuide(const QString& guide) {
    if (m_guide == guide) return;
    m_guide = guide;
    emit changed();
}

void PictureViewModel::openCamera() {
    showStage(QStringLiteral("camera"));
    if (!m_camera && m_parts.make_camera) {
        m_camera = m_parts.make_camera();
        connect(m_camera.get(), &FrameSource::stateChanged, this, &PictureViewModel::changed);
        connect(m_camera.get(), &FrameSource::frame, this, [this](const QImage& picture) {
            m_frame = picture;
            emit frameChanged();
            if (m_goal.kind == PictureGoal::Kind::Code) seek(picture);
        });
        connect(m_camera.get(), &FrameSource::taken, this, [this](const QImage& picture) {
            if (m_stage != QStringLiteral("camera")) return;
            m_came_from = m_stage;
            edit(picture);
        });
    }
    if (m_camera) m_camera->start();
    emit changed();
}

void PictureViewModel::closeCamera() {
    if (m_camera) m_camera->stop();
    m_frame = {};
    emit frameChanged();
}

void PictureViewModel::take() {
    if (m_busy || !isCameraOn()) return;
    m_camera->take();
}

// -- files

void PictureViewModel::openFiles() {
    showStage(QStringLiteral("files"));
    showEntries();
}

void PictureViewModel::showEntries() {
    const auto entries = m_folders.isEmpty() ? m_parts.places() : pictureEntries(m_folders.last());
    m_folder_name = m_folders.isEmpty() ? QString() : QDir(m_folders.last()).dirName();
    QList<RecordListModel::Record> rows;
    for (const auto& entry : entries) {
        QString detail;
        if (!entry.is_folder) {
            const auto day = Date::fromWallMs(entry.changed.toMSecsSinceEpoch());
            detail = words::spoken(day, m_case.desk().language()) + QStringLiteral(" · ") + words::bytes(entry.size);
        }
        rows.append({entry.path, entry.name, detail, entry.is_folder});
    }
    m_files.setRecords(rows);
    emit changed();
}

void PictureViewModel::openEntry(const QString& path) {
    if (m_busy) return;
    if (QFileInfo(path).isDir()) {
        m_error = {};
        m_folders.append(path);
        showEntries();
        return;
    }
    struct Opened {
        std::optional<PictureDraft> draft;
        QByteArray pdf;
        words::Said error;
    };
    inBackground(
        [path, takes_pdf = takesPdf()]() -> Opened {
            const auto no = [](auto problem) -> Opened {
                return {std::nullopt, {}, [problem] { return words::problem(problem); }};
            };
            auto bytes = readPictureFile(path);
            if (!bytes) return no(bytes.error());
            if (takes_pdf && isPdf(*bytes)) {
                if (const auto pages = readPdf(*bytes); !pages) return no(pages.error());
                return {std::nullopt, std::move(*bytes), {}};
            }
            auto picture = openPicture(*bytes);
            if (!picture) return no(picture.error());
            return {PictureDraft::of(std::move(*picture)), {}, {}};
        },
        [this](Opened opened) {
            if (!opened.pdf.isEmpty()) {
                if (hasRoom()) keep(opened.pdf);
                return;
            }
            if (!opened.draft) {
                fail(std::move(opened.error));
                return;
            }
            m_came_from = QStringLiteral("files");
            showStage(QStringLiteral("edit"));
            setDraft(std::move(*opened.draft));
        });
}

void PictureViewModel::filesBack() {
    if (m_folders.isEmpty()) {
        openCamera();
        return;
    }
    m_error = {};
    m_folders.removeLast();
    showEntries();
}

// -- edit

void PictureViewModel::edit(QImage picture) {
    showStage(QStringLiteral("edit"));
    inBackground([picture = std::move(picture)] { return PictureDraft::of(plainPicture(picture)); },
                 [this](PictureDraft draft) { setDraft(std::move(draft)); });
}

void PictureViewModel::setDraft(PictureDraft draft) {
    m_draft = std::move(draft);
    emit changed();
}

QString PictureViewModel::facts() const {
    if (!m_draft) return {};
    return tr("%1 × %2 dots").arg(m_draft->current.width()).arg(m_draft->current.height());
}

QVariantList PictureViewModel::warnings() const {
    QVariantList out;
    if (!m_draft) return out;
    for (const auto flaw : flawsOf(m_draft->measures)) {
        const auto said = words::flaw(flaw, m_draft->measures);
        out.append(QVariantMap{{QStringLiteral("title"), said.title}, {QStringLiteral("text"), said.text}});
    }
    return out;
}

void PictureViewModel::step(const PictureDraft::Step& step) {
    if (m_busy || !m_draft) return;
    inBackground([draft = *m_draft, step] { return draft.with(step); },
                 [this](PictureDraft draft) { setDraft(std::move(draft)); });
}

void PictureViewModel::turn() { step({PictureDraft::Step::Kind::Turn, kWholePicture, {}}); }

bool PictureViewModel::straighten(const QList<double>& corners) {
    if (m_busy || !m_draft || corners.size() != 8) return false;
    Corners four;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto place = 2 * static_cast<qsizetype>(i);
        four[i] = QPointF(std::clamp(corners[place], 0.0, 1.0), std::clamp(corners[place + 1], 0.0, 1.0));
    }
    if (!isFourSided(four)) {
        fail([] { return tr("The corners cross each other. Put each one on a corner of the page, in order."); });
        return false;
    }
    step({PictureDraft::Step::Kind::Straighten, four, {}});
    return true;
}

void PictureViewModel::blackOut(double x, double y, double width, double height) {
    step({PictureDraft::Step::Kind::BlackOut, kWholePicture, QRectF(x, y, width, height)});
}

void PictureViewModel::undo() {
    if (m_busy || !canUndo()) return;
    inBackground([draft = *m_draft] { return draft.withoutLast(); },
                 [this](PictureDraft draft) { setDraft(std::move(draft)); });
}

void PictureViewModel::retake() {
    if (m_busy) return;
    if (m_came_from == QStringLiteral("files")) {
        openFiles();
    } else {
        openCamera();
    }
}

bool PictureViewModel::hasRoom() {
    if (m_case.desk().room().level() != StorageRoom::Level::TooLittleForPictures) return true;
    fail([this] { return words::room(m_case.desk().room()).text; });
    return false;
}

void PictureViewModel::use() {
    if (m_busy || !m_draft || !hasRoom()) return;
    if (m_goal.kind == PictureGoal::Kind::Scan) {
        inBackground(
            [picture = m_draft->current] {
                const auto jpeg = packPicture(picture).jpeg;
                return readScan(ByteView(reinterpret_cast<const std::uint8_t*>(jpeg.constData()),
                                         static_cast<std::size_t>(jpeg.size())));
            },
            [this](const Result<ReadScan>& read) { keepScan(read); });
        return;
    }
    inBackground([picture = m_draft->current] { return packPicture(picture).jpeg; },
                 [this](const QByteArray& jpeg) { keep(jpeg); });
}

void PictureViewModel::keepScan(const Result<ReadScan>& read) {
    const auto refuse = [this](const ScanOutcome& scan) { fail([scan] { return words::scan(scan).text; }); };
    if (!read || !read->mark) {
        refuse({});
        return;
    }
    const auto taken = InkRoute(m_case.desk().casework()).take(m_case.crn(), read->jpeg, read->mark);
    if (!m_case.done(taken ? Status() : Status(tl::unexpected(taken.error())))) {
        fail([this] { return m_case.saveError(); });
        return;
    }
    if (taken->fate != ScanFate::Taken) {
        refuse(*taken);
        return;
    }
    m_draft.reset();
    emit kept();
}

void PictureViewModel::seek(const QImage& frame) {
    if (m_seeking) return;
    m_seeking = true;
    QThreadPool::globalInstance()->start([self = QPointer<PictureViewModel>(this), frame] {
        auto text = readCode(frame);
        QMetaObject::invokeMethod(QCoreApplication::instance(), [self, text = std::move(text)] {
            if (!self) return;
            self->m_seeking = false;
            if (!text || self->m_stage != QStringLiteral("camera")) return;
            if (self->m_case.save(self->m_goal.key, {Answer::Kind::Given, *text})) {
                emit self->kept();
            } else {
                self->fail([self] { return self ? self->m_case.saveError() : QString(); });
            }
        });
    });
}

void PictureViewModel::keep(const QByteArray& file_bytes) {
    auto& casework = m_case.desk().casework();
    const Bytes bytes(file_bytes.begin(), file_bytes.end());
    Status saved;
    if (m_goal.kind == PictureGoal::Kind::Proof) {
        ProofFile file;
        file.proof = m_goal.key;
        file.type = "image/jpeg";
        saved = casework.addFile(m_case.crn(), std::move(file), bytes).map([](const auto&) {});
    } else {
        saved = casework.saveAnswerFile(m_case.crn(), m_goal.key, bytes);
    }
    if (!m_case.done(saved)) {
        fail([this] { return m_case.saveError(); });
        return;
    }
    m_draft.reset();
    emit kept();
}

}  // namespace fieldclaim::tablet
