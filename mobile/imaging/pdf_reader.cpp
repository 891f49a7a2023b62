#include "mobile/imaging/pdf_reader.h"

// Plain std::shared_ptr, as qpdf from version 12 on has nothing else.
#define POINTERHOLDER_TRANSITION 4
#include <exception>
#include <qpdf/QPDF.hh>

namespace fieldclaim::tablet {

bool isPdf(const QByteArray& bytes) { return bytes.startsWith("%PDF-"); }

tl::expected<int, PdfProblem> readPdf(const QByteArray& bytes) {
    if (bytes.size() > kMostPdfBytes) return tl::unexpected(PdfProblem::TooManyBytes);
    if (!isPdf(bytes)) return tl::unexpected(PdfProblem::Damaged);
    try {
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        pdf.setAttemptRecovery(false);
        pdf.processMemoryFile("file", bytes.constData(), static_cast<std::size_t>(bytes.size()));
        if (pdf.isEncrypted()) return tl::unexpected(PdfProblem::Locked);
        const auto pages = pdf.getAllPages().size();
        if (pages > static_cast<std::size_t>(kMostPdfPages)) return tl::unexpected(PdfProblem::TooManyPages);
        if (pages == 0) return tl::unexpected(PdfProblem::Damaged);
        return static_cast<int>(pages);
    } catch (const QPDFExc& error) {
        return tl::unexpected(error.getErrorCode() == qpdf_e_password ? PdfProblem::Locked : PdfProblem::Damaged);
    } catch (const std::exception&) {
        return tl::unexpected(PdfProblem::Damaged);
    }
}

}  // namespace fieldclaim::tablet
