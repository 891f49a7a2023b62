#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include <memory>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/forms/form_pack.h"

namespace fieldclaim {

struct TextStyle {
    double size = 10.5;  ///< points
    bool bold = false;
};

/// The text as it can be set, and read back out of a PDF: lines end with one \n, well-formed, and what cannot be seen
/// or turns the order of reading round (controls, bidirectional overrides) stands as its code: "[U+202E]". Two texts
/// that differ in such a character differ on paper.
std::string printable(std::string_view text);

/// Sets lines of text in Noto Sans, each script in its own typeface of that family, as far as they are installed; no
/// other typeface is ever taken, so that a paper does not change with what else is on the machine. A character that
/// none of them has is set as its code, "[U+1F600]". One thread; borrows nothing.
class Typesetter {
public:
    using Layout = std::unique_ptr<PangoLayout, void (*)(gpointer)>;

    /// NotFound when Noto Sans is not installed.
    static Result<Typesetter> make(Language language);

    /// `width` in points; lines that are too long are broken, within a word where there is no other way.
    Layout set(std::string_view text, const TextStyle& style, double width) const;

private:
    template <typename T>
    using Owned = std::unique_ptr<T, void (*)(gpointer)>;
    Typesetter(Owned<PangoFontMap> fonts, Owned<PangoContext> context);

    Owned<PangoFontMap> m_fonts;
    Owned<PangoContext> m_context;
};

/// In points.
double heightOf(PangoLayout* layout);
double widthOf(PangoLayout* layout);

}  // namespace fieldclaim
