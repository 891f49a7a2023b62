#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>
#include <string>

// Pictures for tests: pages of print as a scanner gives them, and what a hand and a lamp do to them. All are drawn
// here, the same on every run on one machine; nobody's papers are in the repository.
namespace fieldclaim::testing {

/// A4 at 200 dots an inch.
constexpr QSize kA4{1654, 2339};

/// A letter in black on white, with a heading and a table.
QImage pageOfText(QSize size = kA4);
/// The same as a telephone sees it: grey paper, uneven light, grain.
QImage photoOfPage(QSize size = kA4, int paper = 205);
/// Convolved with a box of that radius, twice.
QImage blurred(const QImage& picture, int radius);
/// With a lamp's reflection burnt into it: a spot of a third of the width.
QImage glared(const QImage& picture);
QImage darkened(const QImage& picture, double share);

QByteArray jpegOf(const QImage& picture, int quality = 90);
QByteArray pngOf(const QImage& picture);
/// A bar code or QR code in black on white paper, as a letter has it; `format` as ZXing names it.
QImage codePicture(const std::string& text, const std::string& format = "QRCode");
/// A camera's EXIF in front: orientation (1 to 8), its maker "FIELDCLAIM-TEST-CAMERA" and a place on Earth; a comment
/// with "FIELDCLAIM-TEST-COMMENT" besides.
QByteArray withExif(const QByteArray& jpeg, int orientation);
/// A PDF of empty pages, protected by the password unless that is empty.
QByteArray pdfOf(int pages, const std::string& password = {});
/// A PNG of a few hundred bytes whose header claims that size.
QByteArray pngClaiming(QSize size);

}  // namespace fieldclaim::testing
