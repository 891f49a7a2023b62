#pragma once

#include <QtQml/qqmlregistration.h>
#include <QColor>
#include <QQuickPaintedItem>

namespace fieldclaim::tablet {

/// One of the module's own drawings (icons/<name>.svg) in one colour, sharp at any size and in every renderer: the
/// software renderer has no shader effects to tint an image, and Shapes are not smoothed without multisampling.
/// GUI thread only. A name that is not there paints nothing.
///
///     SvgIcon { name: "check"; color: Theme.green; width: 24; height: 24 }
class SvgIcon : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY nameChanged FINAL)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY colorChanged FINAL)

public:
    explicit SvgIcon(QQuickItem* parent = nullptr);

    QString name() const { return m_name; }
    void setName(const QString& name);
    QColor color() const { return m_color; }
    void setColor(const QColor& color);

    void paint(QPainter* painter) override;

signals:
    void nameChanged();
    void colorChanged();

private:
    QString m_name;
    QColor m_color = Qt::black;
};

/// A disc filled clockwise from the top by `progress` (0 to 1), inside a ring: a part of the claim that is under way.
class PieMark : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(qreal progress READ progress WRITE setProgress NOTIFY progressChanged FINAL)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY colorChanged FINAL)

public:
    explicit PieMark(QQuickItem* parent = nullptr);

    qreal progress() const { return m_progress; }
    void setProgress(qreal progress);
    QColor color() const { return m_color; }
    void setColor(const QColor& color);

    void paint(QPainter* painter) override;

signals:
    void progressChanged();
    void colorChanged();

private:
    qreal m_progress = 0;
    QColor m_color = Qt::black;
};

}  // namespace fieldclaim::tablet
