#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QSet>
#include <QVariantList>

#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/paper_view_model.h"
#include "mobile/viewmodels/record_list_model.h"

namespace fieldclaim::tablet {

/// The declaration and the signature: the statement is drafted once when the page is opened (and again when an answer
/// or the language changes), shown line by line, and what was shown is what is signed (rule 3). Borrows the open case.
/// GUI thread.
class DeclarationViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// lineId, text, read: each line is ticked when it was read, or read out.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* lines READ lines CONSTANT FINAL)
    Q_PROPERTY(bool allRead READ allRead NOTIFY changed FINAL)
    Q_PROPERTY(QString caption READ caption NOTIFY changed FINAL)
    /// The whole page is in the language that the customer reads, whatever the officer's is.
    Q_PROPERTY(bool inWelsh READ inWelsh WRITE setInWelsh NOTIFY changed FINAL)
    Q_PROPERTY(QString signer READ signer NOTIFY changed FINAL)
    Q_PROPERTY(QString signerLine READ signerLine NOTIFY changed FINAL)
    /// List of { name, label, hint }: who may sign.
    Q_PROPERTY(QVariantList roles READ roles NOTIFY changed FINAL)
    Q_PROPERTY(QString role READ role WRITE setRole NOTIFY changed FINAL)
    /// A joint claim: whose signature this is. List of { name, label }; empty when only one signs.
    Q_PROPERTY(QVariantList parts READ parts NOTIFY changed FINAL)
    Q_PROPERTY(QString part READ part WRITE setPart NOTIFY changed FINAL)
    /// tablet, paper or mark: how it is signed now.
    Q_PROPERTY(QString method READ method WRITE setMethod NOTIFY changed FINAL)
    Q_PROPERTY(bool tabletAdmitted READ tabletAdmitted NOTIFY changed FINAL)
    Q_PROPERTY(bool markAdmitted READ markAdmitted NOTIFY changed FINAL)
    Q_PROPERTY(bool paperAdmitted READ paperAdmitted NOTIFY changed FINAL)
    /// Why the tablet may not be used to sign, with the benefits that ask for ink; empty when it may.
    Q_PROPERTY(QString methodReason READ methodReason NOTIFY changed FINAL)
    /// The PDFs, and the ink route's scans.
    Q_PROPERTY(fieldclaim::tablet::PaperViewModel* paper READ paper CONSTANT FINAL)
    /// The witness's name as it was typed before a page was photographed; else empty.
    Q_PROPERTY(QString inkWitness READ inkWitness CONSTANT FINAL)
    Q_PROPERTY(QString digest READ digest NOTIFY changed FINAL)
    Q_PROPERTY(QString counts READ counts NOTIFY changed FINAL)
    Q_PROPERTY(QString obstacle READ obstacle NOTIFY changed FINAL)
    /// Who of two has signed, and who is next; empty otherwise.
    Q_PROPERTY(QString halfSigned READ halfSigned NOTIFY changed FINAL)
    /// A signature was given and does not hold any more; empty otherwise.
    Q_PROPERTY(QString voided READ voided NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    Q_PROPERTY(bool isSigned READ isSigned NOTIFY changed FINAL)
    Q_PROPERTY(bool isSubmitted READ isSubmitted NOTIFY changed FINAL)
    Q_PROPERTY(QString receiptTitle READ receiptTitle NOTIFY changed FINAL)
    /// receiptKey, label, value: what the customer is told when they leave.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* receipt READ receipt CONSTANT FINAL)
    /// How the customer got their copy, where the pack asks. List of { name, label }.
    Q_PROPERTY(QVariantList copyChoices READ copyChoices NOTIFY changed FINAL)
    Q_PROPERTY(QString copyQuestion READ copyQuestion NOTIFY changed FINAL)
    Q_PROPERTY(QString copyGiven READ copyGiven NOTIFY changed FINAL)

public:
    DeclarationViewModel(OpenCase& open_case, QObject* parent);

    RecordListModel* lines() { return &m_lines; }
    RecordListModel* receipt() { return &m_receipt; }
    PaperViewModel* paper() { return &m_paper; }
    bool allRead() const;
    QString caption() const;
    bool inWelsh() const { return language() == Language::Welsh; }
    void setInWelsh(bool welsh);
    QString signer() const;
    QString signerLine() const;
    QVariantList roles() const;
    QString role() const { return m_role; }
    void setRole(const QString& role);
    QVariantList parts() const;
    QString part() const { return m_part; }
    void setPart(const QString& part);
    QString method() const { return m_method; }
    void setMethod(const QString& method);
    bool tabletAdmitted() const { return admits("tablet"); }
    bool markAdmitted() const { return admits("mark"); }
    bool paperAdmitted() const { return admits("paper"); }
    QString methodReason() const;
    QString inkWitness() const { return m_ink_witness; }
    QString digest() const { return m_digest; }
    QString counts() const;
    QString obstacle() const { return m_obstacle; }
    QString voided() const;
    QString halfSigned() const;
    QString error() const { return m_error; }
    bool isSigned() const;
    bool isSubmitted() const { return m_submitted; }
    QString receiptTitle() const;
    QVariantList copyChoices() const;
    QString copyQuestion() const;
    QString copyGiven() const;

    Q_INVOKABLE void setRead(const QString& line, bool read);
    /// Signs on the pad: `strokes_json` as SignaturePad gives it. False, with error(), when it was not signed.
    Q_INVOKABLE bool sign(const QString& strokes_json);
    /// The customer makes a mark on the pad, seen by a witness who is not the officer.
    Q_INVOKABLE bool signWithMark(const QString& strokes_json, const QString& witness);
    /// For a customer who cannot draw: the press itself is the mark, seen by a witness.
    Q_INVOKABLE bool signWithPress(const QString& witness);
    /// Signed in ink on the printed statement, every page of which is scanned. `witness` for a mark in ink, else empty.
    Q_INVOKABLE bool signOnPaper(const QString& witness = {});
    /// Keeps what was ticked, chosen and typed while the officer photographs a page on another page of the app.
    Q_INVOKABLE void keepInk(const QString& witness);
    /// Goes on with it, in ink. The ticks hold for the statement that was read, and for no other.
    void resumeInk();
    /// Asks the server to take the claim. Twice is once (hazard H46).
    Q_INVOKABLE bool submit();
    Q_INVOKABLE void saveCopyGiven(const QString& name);

signals:
    void changed();
    /// By all who must sign.
    void signedNow();
    /// One of two has signed; the other one's turn.
    void nextSigner();

private:
    void refresh();
    void draft();
    void makeReceipt();
    Language language() const { return m_case.desk().language(); }
    bool admits(std::string_view method) const;
    bool signWith(Casework::Signing signing);
    bool isWitness(const QString& name);
    QString signerOf(const QString& part) const;
    std::vector<PaperSigner> paperSigners() const;
    void fail(const QString& words);
    /// Records what the pack's own closing questions ask about the signature, where it has them.
    void saveClosing(const std::string& id, const std::string& value);

    OpenCase& m_case;
    std::optional<Statement> m_statement;
    QString m_digest;
    QSet<QString> m_read;
    int m_answers = 0;
    int m_proofs = 0;
    QString m_role;
    QString m_part;
    QString m_method;
    QString m_ink_witness;
    QString m_obstacle;
    QString m_error;
    bool m_submitted = false;
    bool m_resigned = false;  ///< after a refusal by the server, on this page
    bool m_signing = false;
    RecordListModel m_lines;
    RecordListModel m_receipt;
    PaperViewModel m_paper;
};

}  // namespace fieldclaim::tablet
