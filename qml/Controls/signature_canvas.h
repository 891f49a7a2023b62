#pragma once

#include <QtQml/qqmlregistration.h>
#include <QColor>
#include <QList>
#include <QQuickPaintedItem>
#include <QVariantList>

namespace fieldclaim::tablet {

/// The surface that takes a signature: mouse, touch or pen. GUI thread only.
///
/// Shape: a stroke is a flat list of whole numbers, four a point: x, y, t, p.
///   x, y  0..10000 across and down the pad, so a signature can be drawn again at any size (10000 = width, height)
///   t     milliseconds since the first point of the signature, from the events' own time stamps (no clock is read)
///   p     pressure 0..1000; a mouse and a finger that cannot tell give 500
/// `strokes` is the list of those lists; `json` the same as text: [[x,y,t,p,x,y,t,p],[…]].
/// A signature holds at most kMaxPoints points; what is drawn beyond is not taken.
/// While a stroke is drawn the pad keeps the grab, so the page under it does not scroll.
class SignatureCanvas : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QColor inkColor READ inkColor WRITE setInkColor NOTIFY inkColorChanged FINAL)
    Q_PROPERTY(qreal penWidth READ penWidth WRITE setPenWidth NOTIFY penWidthChanged FINAL)
    Q_PROPERTY(bool isEmpty READ isEmpty NOTIFY strokesChanged FINAL)
    Q_PROPERTY(bool drawing READ isDrawing NOTIFY drawingChanged FINAL)
    Q_PROPERTY(int strokeCount READ strokeCount NOTIFY strokesChanged FINAL)
    Q_PROPERTY(QVariantList strokes READ strokes NOTIFY strokesChanged FINAL)
    Q_PROPERTY(QString json READ json NOTIFY strokesChanged FINAL)

public:
    static constexpr int kUnits = 10000;
    static constexpr int kMaxPoints = 20000;

    explicit SignatureCanvas(QQuickItem* parent = nullptr);

    QColor inkColor() const { return m_ink_color; }
    void setInkColor(const QColor& color);
    qreal penWidth() const { return m_pen_width; }
    void setPenWidth(qreal width);
    bool isEmpty() const { return m_strokes.isEmpty(); }
    bool isDrawing() const { return m_drawing; }
    int strokeCount() const { return static_cast<int>(m_strokes.size()); }
    QVariantList strokes() const;
    QString json() const;

    Q_INVOKABLE void undoStroke();
    Q_INVOKABLE void clear();
    /// Shows a signature that was taken before, in the shape of `json`. False, and nothing changes, if it is not one.
    Q_INVOKABLE bool load(const QString& json);

    void paint(QPainter* painter) override;

signals:
    void inkColorChanged();
    void penWidthChanged();
    void drawingChanged();
    /// After a stroke was finished, undone, cleared or loaded; never in the middle of one.
    void strokesChanged();

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseUngrabEvent() override;
    void touchEvent(QTouchEvent* event) override;
    void touchUngrabEvent() override;

private:
    struct Point {
        int x;
        int y;
        int t;
        int p;
    };
    using Stroke = QList<Point>;

    void begin(QPointF at, quint64 time_ms, qreal pressure);
    void extend(QPointF at, quint64 time_ms, qreal pressure);
    void finish();
    void setDrawing(bool drawing);
    void addPoint(QPointF at, quint64 time_ms, qreal pressure);
    void drawStroke(QPainter* painter, const Stroke& stroke) const;
    QPointF toItem(const Point& point) const;

    QList<Stroke> m_strokes;
    Stroke m_current;
    bool m_drawing = false;
    int m_touch_id = -1;
    int m_points = 0;
    quint64 m_start_ms = 0;
    QColor m_ink_color = Qt::black;
    qreal m_pen_width = 3.5;
};

}  // namespace fieldclaim::tablet
