#include <QFile>
#include <QTest>

#include "tests/shared/sqlite/sample_files.h"

class tst_Embed : public QObject {
    Q_OBJECT

private slots:
    void every_file_comes_out_byte_for_byte_and_in_the_order_given() {
        const auto files = fieldclaim::embedded::sampleFiles();
        const QList<QByteArray> names{"samples/every_byte.bin", "samples/empty.txt", "samples/welsh.sql"};
        QCOMPARE(files.size(), std::size_t{3});
        for (qsizetype i = 0; i < names.size(); ++i) {
            const auto& embedded = files[static_cast<std::size_t>(i)];
            QCOMPARE(QByteArray(embedded.name.data(), static_cast<qsizetype>(embedded.name.size())), names[i]);
            QFile file(FIELDCLAIM_SOURCE_DIR "/tests/shared/sqlite/" + QString::fromUtf8(names[i]));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(QByteArray(embedded.bytes.data(), static_cast<qsizetype>(embedded.bytes.size())), file.readAll());
        }
        QCOMPARE(files[0].bytes.size(), std::size_t{256});
    }
};

QTEST_GUILESS_MAIN(tst_Embed)
#include "tst_embed.moc"
