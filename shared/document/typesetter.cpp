#include "shared/document/typesetter.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

namespace fieldclaim {
namespace {

constexpr const char* kFamily = "Noto Sans";
// Of all that the system has, the families of Noto Sans alone. What is accepted wins; a folder must not be refused, so
// the rest is named by how its files end.
constexpr const char* kChoice = R"(<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><selectfont>
<acceptfont><glob>*/NotoSans*</glob></acceptfont>
<rejectfont><glob>*.ttf</glob><glob>*.TTF</glob><glob>*.otf</glob><glob>*.OTF</glob><glob>*.ttc</glob><glob>*.otc</glob>
<glob>*.pf?</glob><glob>*.pcf*</glob><glob>*.bdf*</glob><glob>*.otb</glob><glob>*.t1</glob><glob>*.woff*</glob>
</rejectfont></selectfont></fontconfig>)";

/// Null when the typeface is not installed. Read once; fontconfig lets any thread read it.
FcConfig* typefaces() {
    static FcConfig* const config = []() -> FcConfig* {
        auto* const made = FcInitLoadConfig();
        if (made == nullptr) return nullptr;
        bool found = false;
        if (FcConfigParseAndLoadFromMemory(made, reinterpret_cast<const FcChar8*>(kChoice), FcFalse) == FcTrue &&
            FcConfigBuildFonts(made) == FcTrue) {
            auto* const wanted = FcPatternCreate();
            FcPatternAddString(wanted, FC_FAMILY, reinterpret_cast<const FcChar8*>(kFamily));
            auto* const shown = FcObjectSetBuild(FC_FAMILY, nullptr);
            auto* const fonts = FcFontList(made, wanted, shown);
            found = fonts != nullptr && fonts->nfont > 0;
            if (fonts != nullptr) FcFontSetDestroy(fonts);
            FcObjectSetDestroy(shown);
            FcPatternDestroy(wanted);
        }
        if (found) return made;
        FcConfigDestroy(made);
        return nullptr;
    }();
    return config;
}

std::string codeOf(gunichar character) {
    std::array<char, 16> out{};
    const int length = std::snprintf(out.data(), out.size(), "[U+%04X]", character);
    return {out.data(), static_cast<std::size_t>(length)};
}

bool isUnseen(gunichar c) {
    return g_unichar_iscntrl(c) != FALSE || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

/// Where in the layout's text characters stand that no typeface has.
std::set<int> unknownIn(PangoLayout* layout) {
    std::set<int> out;
    auto* const iter = pango_layout_get_iter(layout);
    do {
        const auto* const run = pango_layout_iter_get_run_readonly(iter);
        if (run == nullptr) continue;
        const auto* const glyphs = run->glyphs;
        for (int i = 0; i < glyphs->num_glyphs; ++i) {
            if ((glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0 &&
                glyphs->glyphs[i].glyph != PANGO_GLYPH_EMPTY)
                out.insert(run->item->offset + glyphs->log_clusters[i]);
        }
    } while (pango_layout_iter_next_run(iter) != FALSE);
    pango_layout_iter_free(iter);
    return out;
}

}  // namespace

std::string printable(std::string_view text) {
    gchar* const valid = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
    std::string out;
    for (const gchar* at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        const auto c = g_utf8_get_char(at);
        if (c == '\r') {
            if (at[1] != '\n') out += '\n';
        } else if (c == '\n' || c == 0x2028 || c == 0x2029) {
            out += '\n';
        } else if (c == '\t') {
            out += ' ';
        } else if (isUnseen(c)) {
            out += codeOf(c);
        } else {
            out.append(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
        }
    }
    g_free(valid);
    return out;
}

Typesetter::Typesetter(Owned<PangoFontMap> fonts, Owned<PangoContext> context)
    : m_fonts(std::move(fonts)), m_context(std::move(context)) {}

Result<Typesetter> Typesetter::make(Language language) {
    auto* const config = typefaces();
    if (config == nullptr) return fail(ErrorCode::NotFound, "the typeface Noto Sans is not installed");
    Owned<PangoFontMap> fonts(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT), g_object_unref);
    if (!fonts || !PANGO_IS_FC_FONT_MAP(fonts.get())) return fail(ErrorCode::Internal, "no typefaces of FreeType");
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts.get()), config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts.get()), 72);  // a point is a unit
    Owned<PangoContext> context(pango_font_map_create_context(fonts.get()), g_object_unref);
    pango_context_set_language(context.get(), pango_language_from_string(language == Language::Welsh ? "cy" : "en"));
    // The places of letters are those of the typeface, whatever screen the machine has.
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    auto* const options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context.get(), options);
    cairo_font_options_destroy(options);
    return Typesetter(std::move(fonts), std::move(context));
}

Typesetter::Layout Typesetter::set(std::string_view text, const TextStyle& style, double width) const {
    Layout layout(pango_layout_new(m_context.get()), g_object_unref);
    auto* const font = pango_font_description_new();
    pango_font_description_set_family_static(font, kFamily);
    pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
    pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_auto_dir(layout.get(), TRUE);
    auto shown = printable(text);
    pango_layout_set_text(layout.get(), shown.data(), static_cast<int>(shown.size()));
    // A code has no letter that a typeface lacks: the second time there is nothing left to put in its place.
    if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) {
        const auto unknown = unknownIn(layout.get());
        for (auto at = unknown.rbegin(); at != unknown.rend(); ++at) {
            const auto from = static_cast<std::size_t>(*at);
            const auto* const begin = shown.data() + from;
            const auto length = static_cast<std::size_t>(g_utf8_next_char(begin) - begin);
            shown.replace(from, length, codeOf(g_utf8_get_char(begin)));
        }
        pango_layout_set_text(layout.get(), shown.data(), static_cast<int>(shown.size()));
    }
    return layout;
}

double heightOf(PangoLayout* layout) {
    int height = 0;
    pango_layout_get_size(layout, nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
}

double widthOf(PangoLayout* layout) {
    int width = 0;
    pango_layout_get_size(layout, &width, nullptr);
    return static_cast<double>(width) / PANGO_SCALE;
}

}  // namespace fieldclaim
