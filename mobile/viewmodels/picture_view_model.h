#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QVariant>
#include <memory>
#include <optional>

#include "mobile/paper/scan_reader.h"
#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/picture_draft.h"
#include "mobile/viewmodels/picture_parts.h"
#include "mobile/viewmodels/record_list_model.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

/// What a picture is taken for.
struct PictureGoal {
    enum class Kind {
        Proof,   ///< a page of a proof
        Answer,  ///< it answers an image or file question
        Scan,    ///< a page of the statement that was signed in ink
        Code,    ///< the code in it answers a barcode question; no picture is kept
    };
    Kind kind = Kind::Proof;
    std::string key;  ///< the proof's, or the question's; of a scan nothing
};

/// One picture, from the camera or a file to the vault: taken, put straight, blacked out, judged, kept; or the code
/// that the camera sees. It is in memory alone until Use, and gone when the page is left. Opening, changing, packing
/// and reading codes run on another thread; but for the last `busy` holds meanwhile, and nothing else begins. Borrows
/// the open case; GUI thread.
class PictureViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// camera, files, edit
    Q_PROPERTY(QString stage READ stage NOTIFY changed FINAL)
    /// proof, answer (a picture), file (a picture or a PDF), scan, code
    Q_PROPERTY(QString goal READ goal CONSTANT FINAL)
    /// The proof's or the question's label; empty of a scan.
    Q_PROPERTY(QString about READ about NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    /// What is wrong, and what to do; empty when nothing is.
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    // -- camera
    Q_PROPERTY(bool cameraOn READ isCameraOn NOTIFY changed FINAL)
    Q_PROPERTY(bool cameraStarting READ isCameraStarting NOTIFY changed FINAL)
    Q_PROPERTY(QString cameraTitle READ cameraTitle NOTIFY changed FINAL)
    Q_PROPERTY(QString cameraText READ cameraText NOTIFY changed FINAL)
    /// What the camera sees, an image.
    Q_PROPERTY(QVariant frame READ frame NOTIFY frameChanged FINAL)
    /// a4 or card
    Q_PROPERTY(QString guide READ guide WRITE setGuide NOTIFY changed FINAL)
    // -- files: path, name, detail, folder
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* files READ files CONSTANT FINAL)
    /// Empty at the places where files are offered.
    Q_PROPERTY(QString folderName READ folderName NOTIFY changed FINAL)
    // -- edit
    /// The picture with what was done to it, an image.
    Q_PROPERTY(QVariant picture READ picture NOTIFY changed FINAL)
    /// "1654 × 2339 dots"
    Q_PROPERTY(QString facts READ facts NOTIFY changed FINAL)
    /// { title, text } of each.
    Q_PROPERTY(QVariantList warnings READ warnings NOTIFY changed FINAL)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY changed FINAL)

public:
    PictureViewModel(OpenCase& open_case, PictureGoal goal, const PictureParts& parts, QObject* parent);
    ~PictureViewModel() override;

    QString stage() const { return m_stage; }
    QString goal() const;
    QString about() const;
    bool isBusy() const { return m_busy; }
    QString error() const { return words::now(m_error); }
    bool isCameraOn() const { return cameraState() == FrameSource::State::On; }
    bool isCameraStarting() const { return cameraState() == FrameSource::State::Starting; }
    QString cameraTitle() const;
    QString cameraText() const;
    QVariant frame() const { return m_frame; }
    QString guide() const { return m_guide; }
    void setGuide(const QString& guide);
    RecordListModel* files() { return &m_files; }
    QString folderName() const { return m_folder_name; }
    QVariant picture() const { return m_draft ? QVariant(m_draft->shown) : QVariant(); }
    QString facts() const;
    QVariantList warnings() const;
    bool canUndo() const { return m_draft && !m_draft->steps.empty(); }

    /// Shows the camera; looks for one again when there was none.
    Q_INVOKABLE void openCamera();
    Q_INVOKABLE void take();
    /// Shows the files of the folder last seen.
    Q_INVOKABLE void openFiles();
    /// A row of `files`: a folder is opened, a file is read.
    Q_INVOKABLE void openEntry(const QString& path);
    /// To the folder above, and from the places back to the camera.
    Q_INVOKABLE void filesBack();

    /// A quarter clockwise.
    Q_INVOKABLE void turn();
    /// Eight shares of the picture: x and y of top left, top right, bottom right, bottom left. False, with `error`,
    /// when they are no four-sided shape.
    Q_INVOKABLE bool straighten(const QList<double>& corners);
    /// Shares of the picture.
    Q_INVOKABLE void blackOut(double x, double y, double width, double height);
    Q_INVOKABLE void undo();
    /// Lets the picture go and returns to where it came from.
    Q_INVOKABLE void retake();
    /// Packs it and keeps it; then kept() follows.
    Q_INVOKABLE void use();

signals:
    void changed();
    void frameChanged();
    /// The picture, or what its code says, is saved.
    void kept();

private:
    FrameSource::State cameraState() const;
    void closeCamera();
    void showStage(const QString& stage);
    void showEntries();
    void edit(QImage picture);
    void setDraft(PictureDraft draft);
    void step(const PictureDraft::Step& step);
    void fail(words::Said error);
    void keep(const QByteArray& file_bytes);
    /// For more bytes; else says so.
    bool hasRoom();
    /// That is answered; nullptr of a proof or a scan.
    const Question* question() const;
    /// The question takes a PDF too.
    bool takesPdf() const;
    /// Takes it as the page that its code says; where it is none of this statement, says so and lets it be taken again.
    void keepScan(const Result<ReadScan>& read);
    /// Looks for a code in what the camera sees, in one frame at a time.
    void seek(const QImage& frame);
    /// `work` on another thread, then `done` with its result here, unless the page was left.
    template <typename Work, typename Done>
    void inBackground(Work work, Done done);

    OpenCase& m_case;
    const PictureGoal m_goal;
    PictureParts m_parts;
    QString m_stage;
    QString m_came_from;
    bool m_busy = false;
    bool m_seeking = false;
    words::Said m_error;
    std::unique_ptr<FrameSource> m_camera;
    QVariant m_frame;
    QString m_guide = QStringLiteral("a4");
    RecordListModel m_files;
    QStringList m_folders;  ///< from a place down to the one that is shown
    QString m_folder_name;
    std::optional<PictureDraft> m_draft;
};

}  // namespace fieldclaim::tablet
