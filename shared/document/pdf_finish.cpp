#include "shared/document/pdf_finish.h"

#include <memory>
// Plain std::shared_ptr, as qpdf from version 12 on has nothing else.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

namespace fieldclaim {
namespace {

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string xmp(const std::string& title, const std::string& language, const std::string& created) {
    return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
           "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
           "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">"
           "<dc:format>application/pdf</dc:format>"
           "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
           escaped(title) + "</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>" + language +
           "</rdf:li></rdf:Bag></dc:language><xmp:CreateDate>" + created +
           "</xmp:CreateDate></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

}  // namespace

Result<Bytes> finishPdf(const Bytes& drawn, const std::string& title, Language language, const std::string& created) {
    const std::string tag = language == Language::Welsh ? "cy-GB" : "en-GB";
    try {
        QPDF pdf;
        pdf.processMemoryFile("drawn", reinterpret_cast<const char*>(drawn.data()), drawn.size());
        auto root = pdf.getRoot();
        root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(tag));
        root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
        auto metadata = QPDFObjectHandle::newStream(&pdf, xmp(title, tag, created));
        metadata.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/Metadata"));
        metadata.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/XML"));
        root.replaceKey("/Metadata", metadata);
        for (auto& page : QPDFPageDocumentHelper(pdf).getAllPages())
            page.getObjectHandle().replaceKey("/Tabs", QPDFObjectHandle::newName("/S"));
        QPDFWriter writer(pdf);
        writer.setOutputMemory();
        writer.setDeterministicID(true);
        writer.setObjectStreamMode(qpdf_o_generate);
        writer.write();
        const std::unique_ptr<Buffer> written(writer.getBuffer());
        return Bytes(written->getBuffer(), written->getBuffer() + written->getSize());
    } catch (const std::exception& error) {
        return fail(ErrorCode::Internal, std::string("the PDF cannot be completed: ") + error.what());
    }
}

}  // namespace fieldclaim
