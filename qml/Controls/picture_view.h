#pragma once

#include <QtQml/qqmlregistration.h>
#include <QColor>
#include <QImage>
#include <QList>
#include <QQuickPaintedItem>
#include <QRectF>
#include <QVariant>

namespace fieldclaim::tablet {

/// An image of a view-model's, whole and as large as there is room, with what is being marked on it. It comes as a
/// value and not by a URL: no picture of a claim has an address, and none is in a cache. GUI thread.
///
///     PictureView { picture: page.picture; corners: [0, 0, 1, 0, 1, 1, 0, 1] }
class PictureView : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    /// A QImage; anything else shows nothing.
    Q_PROPERTY(QVariant picture READ picture WRITE setPicture NOTIFY pictureChanged FINAL)
    /// Where the image lies in the item.
    Q_PROPERTY(QRectF contentRect READ contentRect NOTIFY contentRectChanged FINAL)
    /// Four points as eight shares of the image; what is outside them is dimmed. Empty: none.
    Q_PROPERTY(QList<double> corners READ corners WRITE setCorners NOTIFY marksChanged FINAL)
    /// Shares of the image, painted black. Empty: none.
    Q_PROPERTY(QRectF box READ box WRITE setBox NOTIFY marksChanged FINAL)
    Q_PROPERTY(QColor lineColor READ lineColor WRITE setLineColor NOTIFY marksChanged FINAL)

public:
    explicit PictureView(QQuickItem* parent = nullptr);

    QVariant picture() const { return m_picture; }
    void setPicture(const QVariant& picture);
    QRectF contentRect() const;
    QList<double> corners() const { return m_corners; }
    void setCorners(const QList<double>& corners);
    QRectF box() const { return m_box; }
    void setBox(const QRectF& box);
    QColor lineColor() const { return m_line_color; }
    void setLineColor(const QColor& color);

    void paint(QPainter* painter) override;

signals:
    void pictureChanged();
    void contentRectChanged();
    void marksChanged();

protected:
    void geometryChange(const QRectF& now, const QRectF& before) override;

private:
    QImage m_picture;
    QImage m_scaled;  ///< for the size in which it is shown
    QList<double> m_corners;
    QRectF m_box;
    QColor m_line_color = Qt::blue;
};

}  // namespace fieldclaim::tablet
