#include "shared/document/page_flow.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include <algorithm>
#include <memory>

#include "shared/base/ids.h"
#include "shared/document/page_mark.h"
#include "shared/document/pdf_finish.h"

namespace fieldclaim {
namespace {

// A4, in points; margins of 18 mm.
constexpr double kWidth = 595.276;
constexpr double kHeight = 841.89;
constexpr double kLeft = 51;
constexpr double kRight = kWidth - 51;
constexpr double kMeasure = kRight - kLeft;
constexpr double kHeadTop = 40;
constexpr double kTop = 110;
constexpr double kBottom = kHeight - 70;
constexpr double kMarkSize = 62;  // 22 mm: a camera at arm's length reads it
constexpr double kLabelWidth = 236;
constexpr double kGutter = 16;
constexpr double kRowPadding = 3.8;

const LocalText kClaimNumber{"Claim number", "Rhif hawliad"};
const LocalText kStatement{"Statement", "Datganiad"};

std::string pageOf(int page, int pages, Language language) {
    const auto of = std::to_string(page) + (language == Language::Welsh ? " o " : " of ") + std::to_string(pages);
    return (language == Language::Welsh ? "Tudalen " : "Page ") + of;
}

const TextStyle kTitle{21, true};
const TextStyle kSection{13, true};
const TextStyle kLabel{9.5};
const TextStyle kValue{10.5};
const TextStyle kSmall{8};
const TextStyle kTiny{7};

cairo_status_t append(void* to, const unsigned char* data, unsigned int size) {
    auto& out = *static_cast<Bytes*>(to);
    out.insert(out.end(), data, data + size);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

PageFlow::PageFlow(const PageFrame& frame, const Typesetter& type, cairo_t* to, int pages)
    : m_frame(frame), m_type(type), m_to(to), m_pages(pages) {
    cairo_tag_begin(m_to, "Document", nullptr);
    beginPage();
}

void PageFlow::ink(bool second) {
    if (second) {
        cairo_set_source_rgb(m_to, 0.267, 0.322, 0.373);
    } else {
        cairo_set_source_rgb(m_to, 0.059, 0.102, 0.141);
    }
}

void PageFlow::rule(double y, double from, double to) {
    cairo_set_source_rgb(m_to, 0.70, 0.74, 0.78);
    cairo_set_line_width(m_to, 0.6);
    cairo_move_to(m_to, from, y);
    cairo_line_to(m_to, to, y);
    cairo_stroke(m_to);
}

void PageFlow::place(PangoLayout* layout, double x, double y) {
    cairo_move_to(m_to, x, y);
    pango_cairo_show_layout(m_to, layout);
}

double PageFlow::room() const { return kBottom - m_y; }

void PageFlow::beginPage() {
    ++m_page;
    m_y = kTop;
    mark();
    head();
}

void PageFlow::endPage() {
    foot();
    cairo_show_page(m_to);
}

void PageFlow::head() {
    const double width = kMeasure - kMarkSize - 24;
    const auto number = m_type.set(kClaimNumber.in(m_frame.language) + " " + Crn::display(m_frame.crn), kValue, width);
    ink();
    if (m_page == 1) {
        const auto title = m_type.set(m_frame.title, kTitle, width);
        cairo_tag_begin(m_to, "H1", nullptr);
        place(title.get(), kLeft, kHeadTop);
        cairo_tag_end(m_to, "H1");
        double y = kHeadTop + heightOf(title.get()) + 3;
        cairo_tag_begin(m_to, "P", nullptr);
        place(number.get(), kLeft, y);
        cairo_tag_end(m_to, "P");
        y += heightOf(number.get());
        if (m_frame.subtitle.empty()) return;
        auto name = m_type.set(m_frame.subtitle, kValue, width);
        pango_layout_set_height(name.get(), 0);  // one line
        pango_layout_set_ellipsize(name.get(), PANGO_ELLIPSIZE_END);
        cairo_tag_begin(m_to, "P", nullptr);
        place(name.get(), kLeft, y);
        cairo_tag_end(m_to, "P");
        return;
    }
    auto title = m_type.set(m_frame.title + (m_frame.subtitle.empty() ? "" : " · ") + m_frame.subtitle, kLabel, width);
    pango_layout_set_height(title.get(), 0);
    pango_layout_set_ellipsize(title.get(), PANGO_ELLIPSIZE_END);
    ink(true);
    place(title.get(), kLeft, kHeadTop);
    place(number.get(), kLeft, kHeadTop + heightOf(title.get()) + 2);
}

void PageFlow::foot() {
    const double y = kHeight - 56;
    rule(y, kLeft, kRight);
    ink(true);
    const auto number =
        m_type.set(kClaimNumber.in(m_frame.language) + " " + Crn::display(m_frame.crn), kSmall, kMeasure / 2);
    place(number.get(), kLeft, y + 5);
    const auto page = m_type.set(pageOf(m_page, m_pages, m_frame.language), kSmall, kMeasure / 2);
    place(page.get(), kRight - widthOf(page.get()), y + 5);
    const auto digest = m_type.set(kStatement.in(m_frame.language) + " " + inGroups(m_frame.digest), kTiny, kMeasure);
    place(digest.get(), kLeft, y + 17);
}

void PageFlow::mark() {
    const auto text =
        encodePageMark({m_frame.crn, markOf(m_frame.digest), m_page, std::max(m_pages, m_page), m_frame.to_sign});
    // A quarter of it may be lost to a fold or a stain.
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
        QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_Q, QR_MODE_8, 1), QRcode_free);
    if (!code) return;
    const double module = kMarkSize / code->width;
    const double left = kRight - kMarkSize;
    const double top = kHeadTop;
    cairo_set_source_rgb(m_to, 0, 0, 0);
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            if ((code->data[y * code->width + x] & 1U) == 0) continue;
            cairo_rectangle(m_to, left + x * module, top + y * module, module, module);
        }
    }
    cairo_fill(m_to);
}

void PageFlow::inList(List wanted) {
    if (wanted == m_list) return;
    if (m_list != List::None) cairo_tag_end(m_to, "L");
    if (wanted != List::None) cairo_tag_begin(m_to, "L", nullptr);
    m_list = wanted;
}

void PageFlow::keep(double height) {
    if (height <= room() || m_y <= kTop) return;
    endPage();
    beginPage();
}

void PageFlow::space(double height) { m_y += height; }

void PageFlow::flow(PangoLayout* layout, double x, const char* tag) {
    auto* const iter = pango_layout_get_iter(layout);
    ink();
    cairo_tag_begin(m_to, tag, nullptr);
    do {
        PangoRectangle line{};
        pango_layout_iter_get_line_extents(iter, nullptr, &line);
        const double height = static_cast<double>(line.height) / PANGO_SCALE;
        if (height > room() && m_y > kTop) {
            cairo_tag_end(m_to, tag);
            endPage();
            beginPage();
            ink();
            cairo_tag_begin(m_to, tag, nullptr);
        }
        const double ascent = static_cast<double>(pango_layout_iter_get_baseline(iter) - line.y) / PANGO_SCALE;
        cairo_move_to(m_to, x + static_cast<double>(line.x) / PANGO_SCALE, m_y + ascent);
        pango_cairo_show_layout_line(m_to, pango_layout_iter_get_line_readonly(iter));
        m_y += height;
    } while (pango_layout_iter_next_line(iter) != FALSE);
    cairo_tag_end(m_to, tag);
    pango_layout_iter_free(iter);
}

void PageFlow::section(const std::string& title) {
    inList(List::None);
    const auto layout = m_type.set(title, kSection, kMeasure);
    m_y += 14;
    keep(heightOf(layout.get()) + 60);  // a heading does not stand alone at the foot
    flow(layout.get(), kLeft, "H2");
    m_y += 5;
    cairo_set_source_rgb(m_to, 0.059, 0.102, 0.141);
    cairo_set_line_width(m_to, 1);
    cairo_move_to(m_to, kLeft, m_y);
    cairo_line_to(m_to, kRight, m_y);
    cairo_stroke(m_to);
}

void PageFlow::paragraph(const std::string& text, const TextStyle& style) {
    inList(List::None);
    m_y += 5;
    flow(m_type.set(text, style, kMeasure).get(), kLeft, "P");
    m_y += 3;
}

void PageFlow::row(const std::string& label, const std::string& value) {
    inList(List::Rows);
    const auto question = m_type.set(label, kLabel, kLabelWidth);
    const auto answer = m_type.set(value, kValue, kMeasure - kLabelWidth - kGutter);
    const double height = std::max(heightOf(question.get()), heightOf(answer.get()));
    const double page = kBottom - kTop;
    keep(std::min(height + 2 * kRowPadding, page / 3));
    m_y += kRowPadding;
    const double top = m_y;
    const int page_before = m_page;
    cairo_tag_begin(m_to, "LI", nullptr);
    ink(true);
    cairo_tag_begin(m_to, "Lbl", nullptr);
    // Both stand on one line of writing, though the answer is set larger.
    const double down =
        static_cast<double>(pango_layout_get_baseline(answer.get()) - pango_layout_get_baseline(question.get())) /
        PANGO_SCALE;
    place(question.get(), kLeft, m_y + down);
    cairo_tag_end(m_to, "Lbl");
    if (!value.empty()) flow(answer.get(), kLeft + kLabelWidth + kGutter, "LBody");
    cairo_tag_end(m_to, "LI");
    if (m_page == page_before) m_y = std::max(m_y, top + down + heightOf(question.get()));
    m_y += kRowPadding;
    rule(m_y, kLeft, kRight);
}

void PageFlow::point(const std::string& mark, const std::string& text) {
    inList(List::Points);
    constexpr double kIndent = 20;
    const auto number = m_type.set(mark, kValue, kIndent);
    const auto body = m_type.set(text, kValue, kMeasure - kIndent);
    keep(std::min(heightOf(body.get()) + 5, (kBottom - kTop) / 3));
    m_y += 2.5;
    cairo_tag_begin(m_to, "LI", nullptr);
    ink(true);
    cairo_tag_begin(m_to, "Lbl", nullptr);
    place(number.get(), kLeft, m_y);
    cairo_tag_end(m_to, "Lbl");
    flow(body.get(), kLeft + kIndent, "LBody");
    cairo_tag_end(m_to, "LI");
    m_y += 2.5;
}

void PageFlow::boxes(const std::vector<Box>& boxes, double height) {
    inList(List::None);
    constexpr double kGap = 12;
    double shares = 0;
    for (const auto& box : boxes) shares += box.share;
    const double width = kMeasure - kGap * static_cast<double>(boxes.size() - 1);
    std::vector<Typesetter::Layout> labels;
    double label_height = 0;
    for (const auto& box : boxes) {
        labels.push_back(m_type.set(box.label, {8.5}, width * box.share / shares));
        label_height = std::max(label_height, heightOf(labels.back().get()));
    }
    keep(label_height + height + 8);
    m_y += 4;
    double x = kLeft;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const auto& box = boxes[i];
        const double wide = width * box.share / shares;
        cairo_tag_begin(m_to, "P", nullptr);
        ink(true);
        place(labels[i].get(), x, m_y + label_height - heightOf(labels[i].get()));
        cairo_tag_end(m_to, "P");
        const double top = m_y + label_height + 3;
        ink();
        cairo_set_line_width(m_to, 0.8);
        if (box.framed) {
            cairo_rectangle(m_to, x, top, wide, height);
            cairo_stroke(m_to);
        }
        if (!box.text.empty()) {
            auto text = m_type.set(box.text, kValue, wide - 16);
            pango_layout_set_height(text.get(), static_cast<int>((height - 4) * PANGO_SCALE));
            pango_layout_set_ellipsize(text.get(), PANGO_ELLIPSIZE_END);
            cairo_tag_begin(m_to, "P", nullptr);
            place(text.get(), x + 8, top + (height - heightOf(text.get())) / 2);
            cairo_tag_end(m_to, "P");
        }
        cairo_set_line_width(m_to, 1.4);
        cairo_set_line_cap(m_to, CAIRO_LINE_CAP_ROUND);
        cairo_set_line_join(m_to, CAIRO_LINE_JOIN_ROUND);
        for (const auto& stroke : box.drawing) {
            for (const auto& [across, down] : stroke) cairo_line_to(m_to, x + across * wide, top + down * height);
            cairo_stroke(m_to);
        }
        x += wide + kGap;
    }
    m_y += label_height + 3 + height + 6;
}

void PageFlow::finish() {
    inList(List::None);
    endPage();
    cairo_tag_end(m_to, "Document");
}

Result<Bytes> drawPaper(const PageFrame& frame, const std::function<void(PageFlow&)>& content) {
    ASSIGN(const auto type, Typesetter::make(frame.language));
    int pages = 0;
    Bytes drawn;
    for (int pass = 0; pass < 2; ++pass) {
        drawn.clear();
        using Surface = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)>;
        const Surface surface(cairo_pdf_surface_create_for_stream(append, &drawn, kWidth, kHeight),
                              cairo_surface_destroy);
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, frame.title.c_str());
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, frame.created.c_str());
        const std::unique_ptr<cairo_t, void (*)(cairo_t*)> to(cairo_create(surface.get()), cairo_destroy);
        PageFlow flow(frame, type, to.get(), pages);
        content(flow);
        flow.finish();
        pages = flow.m_page;
        if (pages > kMostPages) return fail(ErrorCode::TooLarge, "a paper of more than 999 pages");
        cairo_surface_finish(surface.get());
        const auto status = cairo_status(to.get());
        if (status != CAIRO_STATUS_SUCCESS) return fail(ErrorCode::Internal, cairo_status_to_string(status));
    }
    return finishPdf(drawn, frame.title + " " + Crn::display(frame.crn), frame.language, frame.created);
}

}  // namespace fieldclaim
