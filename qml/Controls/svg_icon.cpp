#include "qml/Controls/svg_icon.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>
#include <algorithm>

namespace fieldclaim::tablet {

SvgIcon::SvgIcon(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setImplicitSize(24, 24);
    setAntialiasing(true);
}

void SvgIcon::setName(const QString& name) {
    if (name == m_name) return;
    m_name = name;
    emit nameChanged();
    update();
}

void SvgIcon::setColor(const QColor& color) {
    if (color == m_color) return;
    m_color = color;
    emit colorChanged();
    update();
}

void SvgIcon::paint(QPainter* painter) {
    const QString file = QStringLiteral(":/qt/qml/Fieldclaim/Controls/icons/%1.svg").arg(m_name);
    if (m_name.isEmpty() || !QFile::exists(file)) return;
    QSvgRenderer renderer(file);
    renderer.render(painter, boundingRect());
    // The drawing is black; what it covered takes the colour that was asked for.
    painter->setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter->fillRect(boundingRect(), m_color);
}

PieMark::PieMark(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setImplicitSize(24, 24);
    setAntialiasing(true);
}

void PieMark::setProgress(qreal progress) {
    progress = std::clamp(progress, 0.0, 1.0);
    if (progress == m_progress) return;
    m_progress = progress;
    emit progressChanged();
    update();
}

void PieMark::setColor(const QColor& color) {
    if (color == m_color) return;
    m_color = color;
    emit colorChanged();
    update();
}

void PieMark::paint(QPainter* painter) {
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF ring = boundingRect().adjusted(1, 1, -1, -1);
    painter->setPen(QPen(m_color, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawEllipse(ring);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_color);
    // Sixteenths of a degree, from twelve o'clock, clockwise.
    painter->drawPie(ring, 90 * 16, -qRound(m_progress * 360 * 16));
}

}  // namespace fieldclaim::tablet
