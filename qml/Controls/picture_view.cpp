#include "qml/Controls/picture_view.h"

#include <QPainter>
#include <QPainterPath>
#include <QQuickWindow>

namespace fieldclaim::tablet {

PictureView::PictureView(QQuickItem* parent) : QQuickPaintedItem(parent) { setAntialiasing(true); }

void PictureView::setPicture(const QVariant& picture) {
    const auto old = contentRect();
    m_picture = picture.value<QImage>();
    m_scaled = {};
    emit pictureChanged();
    if (contentRect() != old) emit contentRectChanged();
    update();
}

QRectF PictureView::contentRect() const {
    if (m_picture.isNull() || width() < 1 || height() < 1) return {};
    const auto size = QSizeF(m_picture.size()).scaled(QSizeF(width(), height()), Qt::KeepAspectRatio);
    return {QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size};
}

void PictureView::setCorners(const QList<double>& corners) {
    if (m_corners == corners) return;
    m_corners = corners;
    emit marksChanged();
    update();
}

void PictureView::setBox(const QRectF& box) {
    if (m_box == box) return;
    m_box = box;
    emit marksChanged();
    update();
}

void PictureView::setLineColor(const QColor& color) {
    if (m_line_color == color) return;
    m_line_color = color;
    emit marksChanged();
    update();
}

void PictureView::geometryChange(const QRectF& now, const QRectF& before) {
    QQuickPaintedItem::geometryChange(now, before);
    if (now.size() == before.size()) return;
    m_scaled = {};
    emit contentRectChanged();
    update();
}

void PictureView::paint(QPainter* painter) {
    const auto content = contentRect();
    if (content.isEmpty()) return;
    const auto ratio = window() != nullptr ? window()->effectiveDevicePixelRatio() : 1.0;
    const auto wanted = (content.size() * ratio).toSize().expandedTo({1, 1});
    // A drag paints often: the image is made smaller once.
    if (m_scaled.size() != wanted) m_scaled = m_picture.scaled(wanted, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    painter->drawImage(content, m_scaled);
    const auto place = [&](double x, double y) {
        return content.topLeft() + QPointF(x * content.width(), y * content.height());
    };
    if (m_corners.size() == 8) {
        QPolygonF page;
        for (qsizetype i = 0; i < 8; i += 2) page << place(m_corners[i], m_corners[i + 1]);
        QPainterPath inside;
        inside.addPolygon(page);
        inside.closeSubpath();
        QPainterPath outside;
        outside.addRect(content);
        painter->fillPath(outside.subtracted(inside), QColor(0, 0, 0, 130));
        painter->setRenderHint(QPainter::Antialiasing);
        painter->strokePath(inside, QPen(Qt::white, 5));
        painter->strokePath(inside, QPen(m_line_color, 3));
    }
    if (!m_box.isEmpty()) {
        const QRectF box(place(m_box.left(), m_box.top()), place(m_box.right(), m_box.bottom()));
        painter->fillRect(box, QColor(0, 0, 0, 215));
        painter->setPen(QPen(Qt::white, 2, Qt::DashLine));
        painter->drawRect(box);
    }
}

}  // namespace fieldclaim::tablet
