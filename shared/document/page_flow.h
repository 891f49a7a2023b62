#pragma once

#include <cairo.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/document/typesetter.h"

namespace fieldclaim {

/// What stands on every page of a paper: a QR code (page_mark.h), the running head and, at the foot, claim number,
/// digest and page.
struct PageFrame {
    std::string title;     ///< the document's
    std::string subtitle;  ///< below it: the customer's name
    Language language = Language::English;
    std::string crn;
    Hash digest{};         ///< of the statement
    std::string created;   ///< ISO 8601 time, for the metadata: never the clock's
    bool to_sign = false;  ///< see PageMark
};

/// One line that somebody drew with a pen: x and y from 0 to 1 across and down the box.
using PenStroke = std::vector<std::pair<double, double>>;

/// Lays a paper out from top to bottom on pages of A4, and draws it with its structure: headings, paragraphs and lists
/// are tags of the PDF, in the order of reading, which is the order of the calls. What stands on every page is none.
/// Too long a text goes on upon the next page. Given to the content of drawPaper(); one thread.
class PageFlow {
public:
    void section(const std::string& title);
    void paragraph(const std::string& text, const TextStyle& style = {});
    /// A list: rows or points until the next call of anything else.
    void row(const std::string& label, const std::string& value);
    void point(const std::string& mark, const std::string& text);
    /// Room for this many points of height on one page; beyond a page's height there is none.
    void keep(double height);
    void space(double height);

    struct Box {
        std::string label;
        double share = 1;       ///< of the line's width
        std::string text = {};  ///< stands in the box already
        std::vector<PenStroke> drawing = {};
        bool framed = true;
    };
    /// Boxes to write in, side by side.
    void boxes(const std::vector<Box>& boxes, double height);

private:
    friend Result<Bytes> drawPaper(const PageFrame& frame, const std::function<void(PageFlow&)>& content);
    PageFlow(const PageFrame& frame, const Typesetter& type, cairo_t* to, int pages);

    enum class List { None, Rows, Points };
    void beginPage();
    void endPage();
    void head();
    void foot();
    void mark();
    void inList(List wanted);
    void finish();
    double room() const;
    /// Draws the layout's lines at x and as far down as they go, under this tag; on the following pages the rest.
    void flow(PangoLayout* layout, double x, const char* tag);
    /// Draws a layout that has room here, with no tag.
    void place(PangoLayout* layout, double x, double y);
    void ink(bool second = false);
    void rule(double y, double from, double to);

    const PageFrame& m_frame;
    const Typesetter& m_type;
    cairo_t* m_to;
    int m_pages;  ///< of how many; 0 while they are counted
    int m_page = 0;
    double m_y = 0;
    List m_list = List::None;
};

/// Draws the content twice: to count the pages, and with their number. Tagged, the same bytes for the same frame and
/// content with the same typefaces. NotFound without Noto Sans, TooLarge beyond kMostPages.
Result<Bytes> drawPaper(const PageFrame& frame, const std::function<void(PageFlow&)>& content);

}  // namespace fieldclaim
