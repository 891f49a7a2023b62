#define POINTERHOLDER_TRANSITION 4
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include "tests/support/pictures/pictures.h"

namespace fieldclaim::testing {

QByteArray pdfOf(int pages, const std::string& password) {
    QPDF pdf;
    pdf.emptyPDF();
    for (int page = 0; page < pages; ++page)
        pdf.addPage(QPDFObjectHandle::parse("<< /Type /Page /MediaBox [0 0 595 842] /Resources << >> >>"), false);
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    if (password.empty()) {
        writer.setStaticID(true);
    } else {
        writer.setR6EncryptionParameters(password.c_str(), password.c_str(), false, false, false, false, false, false,
                                         qpdf_r3p_none, true);
    }
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), static_cast<qsizetype>(buffer->getSize())};
}

}  // namespace fieldclaim::testing
