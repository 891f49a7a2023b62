#pragma once

#include <QImage>
#include <QPointF>
#include <QRectF>
#include <array>

// What is done to a picture before it is kept. Pure functions on Format_RGB32 images; places are shares of the
// picture, 0 to 1 across and down, so that they mean the same at any size. Any thread.
namespace fieldclaim::tablet {

/// The page's corners: top left, top right, bottom right, bottom left.
using Corners = std::array<QPointF, 4>;
constexpr Corners kWholePicture{QPointF(0, 0), QPointF(1, 0), QPointF(1, 1), QPointF(0, 1)};

/// Clockwise by quarters; any number, negative ones too. Nothing is lost.
QImage turned(const QImage& picture, int quarters);
/// The corners stand in their order, round a shape without a dent that is a hundredth of the picture at least.
bool isFourSided(const Corners& corners);
/// The page within the corners, seen from straight above; a plain crop when they are a rectangle. The picture as it is
/// when the corners are not four-sided or are the whole.
QImage straightened(const QImage& picture, const Corners& corners);
/// Every pixel that the box touches is black; what stood there is gone.
QImage blackedOut(const QImage& picture, const QRectF& box);

}  // namespace fieldclaim::tablet
