#pragma once

#include <QImage>
#include <QRectF>
#include <vector>

#include "mobile/imaging/picture_edit.h"
#include "mobile/imaging/picture_quality.h"

namespace fieldclaim::tablet {

/// A picture on its way into a proof: the one that came, and what was done to it, step by step, so that each step can
/// be taken back. A value; what makes it afresh may run on any thread.
struct PictureDraft {
    struct Step {
        enum class Kind { Turn, Straighten, BlackOut } kind = Kind::Turn;
        Corners corners = kWholePicture;
        QRectF box;
    };
    static constexpr int kShownSide = 1600;  ///< for the screen

    QImage original;
    std::vector<Step> steps;
    QImage current;  ///< with all steps
    QImage shown;    ///< the same, small
    PictureMeasures measures;

    static PictureDraft of(QImage picture) {
        PictureDraft out;
        out.original = std::move(picture);
        out.current = out.original;
        out.look();
        return out;
    }
    PictureDraft with(const Step& step) const {
        auto out = *this;
        out.steps.push_back(step);
        out.apply(step);
        out.look();
        return out;
    }
    PictureDraft withoutLast() const {
        auto out = *this;
        if (!out.steps.empty()) out.steps.pop_back();
        out.current = out.original;
        for (const auto& step : out.steps) out.apply(step);
        out.look();
        return out;
    }

private:
    void apply(const Step& step) {
        if (step.kind == Step::Kind::Turn) current = turned(current, 1);
        if (step.kind == Step::Kind::Straighten) current = straightened(current, step.corners);
        if (step.kind == Step::Kind::BlackOut) current = blackedOut(current, step.box);
    }
    void look() {
        shown = std::max(current.width(), current.height()) > kShownSide
                    ? current.scaled(kShownSide, kShownSide, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                    : current;
        measures = measure(current);
    }
};

}  // namespace fieldclaim::tablet
