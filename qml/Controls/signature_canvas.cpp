#include "qml/Controls/signature_canvas.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTouchEvent>
#include <algorithm>

namespace fieldclaim::tablet {

namespace {
// What a device that cannot feel pressure gives.
constexpr qreal kNoPressure = 0.5;

/// A pen's own, where Qt Quick hands its strokes on as a mouse's.
qreal pressureOf(const QMouseEvent& event) {
    const auto* device = event.pointingDevice();
    const bool feels = device != nullptr && device->hasCapability(QInputDevice::Capability::Pressure);
    return feels && !event.points().isEmpty() ? event.points().first().pressure() : kNoPressure;
}
}  // namespace

SignatureCanvas::SignatureCanvas(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setAcceptedMouseButtons(Qt::LeftButton);
    setAcceptTouchEvents(true);
    setAntialiasing(true);
    setKeepMouseGrab(true);
    setKeepTouchGrab(true);
}

void SignatureCanvas::setInkColor(const QColor& color) {
    if (color == m_ink_color) return;
    m_ink_color = color;
    emit inkColorChanged();
    update();
}

void SignatureCanvas::setPenWidth(qreal width) {
    if (width == m_pen_width) return;
    m_pen_width = width;
    emit penWidthChanged();
    update();
}

QVariantList SignatureCanvas::strokes() const {
    QVariantList list;
    for (const Stroke& stroke : m_strokes) {
        QVariantList numbers;
        for (const Point& point : stroke) {
            numbers << point.x << point.y << point.t << point.p;
        }
        list.push_back(numbers);
    }
    return list;
}

QString SignatureCanvas::json() const {
    return QString::fromUtf8(QJsonDocument(QJsonArray::fromVariantList(strokes())).toJson(QJsonDocument::Compact));
}

void SignatureCanvas::undoStroke() {
    if (m_strokes.isEmpty()) return;
    m_points -= static_cast<int>(m_strokes.last().size());
    m_strokes.removeLast();
    emit strokesChanged();
    update();
}

void SignatureCanvas::clear() {
    if (m_strokes.isEmpty() && !m_drawing) return;
    setDrawing(false);
    m_current.clear();
    m_strokes.clear();
    m_points = 0;
    emit strokesChanged();
    update();
}

bool SignatureCanvas::load(const QString& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8());
    if (!document.isArray()) return false;
    QList<Stroke> strokes;
    qsizetype points = 0;
    const QJsonArray rows = document.array();
    for (const auto& row : rows) {
        const QJsonArray numbers = row.toArray();
        if (numbers.isEmpty() || numbers.size() % 4 != 0) return false;
        Stroke stroke;
        for (qsizetype i = 0; i < numbers.size(); i += 4) {
            const Point point{numbers[i].toInt(-1), numbers[i + 1].toInt(-1), numbers[i + 2].toInt(-1),
                              numbers[i + 3].toInt(-1)};
            if (std::min({point.x, point.y, point.t, point.p}) < 0 || std::max(point.x, point.y) > kUnits) return false;
            stroke.push_back(point);
        }
        points += stroke.size();
        strokes.push_back(stroke);
    }
    if (points > kMaxPoints) return false;
    m_strokes = strokes;
    m_current.clear();
    setDrawing(false);
    m_points = static_cast<int>(points);
    emit strokesChanged();
    update();
    return true;
}

void SignatureCanvas::addPoint(QPointF at, quint64 time_ms, qreal pressure) {
    if (m_points >= kMaxPoints || width() <= 0 || height() <= 0) return;
    const auto unit = [](qreal part, qreal whole) { return std::clamp(qRound(part / whole * kUnits), 0, kUnits); };
    const int time = time_ms > m_start_ms ? static_cast<int>(time_ms - m_start_ms) : 0;
    const Point point{unit(at.x(), width()), unit(at.y(), height()), time,
                      std::clamp(qRound(pressure * 1000), 0, 1000)};
    if (!m_current.isEmpty() && m_current.last().x == point.x && m_current.last().y == point.y) return;
    m_current.push_back(point);
    ++m_points;
}

void SignatureCanvas::setDrawing(bool drawing) {
    if (drawing == m_drawing) return;
    m_drawing = drawing;
    emit drawingChanged();
}

void SignatureCanvas::begin(QPointF at, quint64 time_ms, qreal pressure) {
    if (m_strokes.isEmpty()) m_start_ms = time_ms;
    setDrawing(true);
    m_current.clear();
    addPoint(at, time_ms, pressure);
    update();
}

void SignatureCanvas::extend(QPointF at, quint64 time_ms, qreal pressure) {
    if (!m_drawing) return;
    addPoint(at, time_ms, pressure);
    update();
}

void SignatureCanvas::finish() {
    if (!m_drawing) return;
    setDrawing(false);
    m_touch_id = -1;
    if (!m_current.isEmpty()) m_strokes.push_back(m_current);
    m_current.clear();
    emit strokesChanged();
    update();
}

void SignatureCanvas::mousePressEvent(QMouseEvent* event) {
    begin(event->position(), event->timestamp(), pressureOf(*event));
}

void SignatureCanvas::mouseMoveEvent(QMouseEvent* event) {
    extend(event->position(), event->timestamp(), pressureOf(*event));
}

void SignatureCanvas::mouseReleaseEvent(QMouseEvent* event) {
    extend(event->position(), event->timestamp(), pressureOf(*event));
    finish();
}

// A stroke that something else cut short is kept: what the customer drew is theirs to undo.
void SignatureCanvas::mouseUngrabEvent() { finish(); }

void SignatureCanvas::touchUngrabEvent() { finish(); }

void SignatureCanvas::touchEvent(QTouchEvent* event) {
    if (event->type() == QEvent::TouchCancel) {
        finish();
        return;
    }
    for (const QEventPoint& point : event->points()) {
        const qreal pressure = point.pressure() > 0 && point.pressure() < 1 ? point.pressure() : kNoPressure;
        // A hand resting on the pad is a second point, and no stroke.
        if (point.state() == QEventPoint::Pressed && !m_drawing) {
            m_touch_id = point.id();
            begin(point.position(), event->timestamp(), pressure);
        } else if (point.id() == m_touch_id && point.state() == QEventPoint::Updated) {
            extend(point.position(), event->timestamp(), pressure);
        } else if (point.id() == m_touch_id && point.state() == QEventPoint::Released) {
            finish();
        }
    }
    event->accept();
}

QPointF SignatureCanvas::toItem(const Point& point) const {
    return {point.x * width() / kUnits, point.y * height() / kUnits};
}

void SignatureCanvas::drawStroke(QPainter* painter, const Stroke& stroke) const {
    if (stroke.isEmpty()) return;
    if (stroke.size() == 1) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_ink_color);
        painter->drawEllipse(toItem(stroke.first()), m_pen_width * 0.7, m_pen_width * 0.7);
        return;
    }
    // Curves from middle to middle with the sampled points as their handles: no corner is seen where points are few.
    QPainterPath path(toItem(stroke.first()));
    for (qsizetype i = 1; i + 1 < stroke.size(); ++i) {
        const QPointF here = toItem(stroke[i]);
        path.quadTo(here, (here + toItem(stroke[i + 1])) / 2);
    }
    path.lineTo(toItem(stroke.last()));
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(m_ink_color, m_pen_width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPath(path);
}

void SignatureCanvas::paint(QPainter* painter) {
    painter->setRenderHint(QPainter::Antialiasing);
    for (const Stroke& stroke : m_strokes) {
        drawStroke(painter, stroke);
    }
    drawStroke(painter, m_current);
}

}  // namespace fieldclaim::tablet
