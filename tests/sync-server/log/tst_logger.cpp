#include <QtTest>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <thread>

#include "shared/base/text.h"
#include "sync-server/log/logger.h"

using namespace fieldclaim;
using namespace fieldclaim::server;

namespace {

class FixedClock final : public Clock {
public:
    std::int64_t wallMs() const override { return 1'168'852'323'250; }
    std::int64_t uptimeMs() const override { return 0; }
};

}  // namespace

class TestLogger final : public QObject {
    Q_OBJECT

    FixedClock m_clock;

private slots:
    void aLineIsOneObjectWithItsFieldsInOrder() {
        std::ostringstream out;
        StreamLogSink sink(out);
        Logger logger(m_clock, sink);
        logger.info("transfer-sent", {{"target", "ISCS"}, {"tries", 3}, {"seconds", 0.5}, {"late", false}});
        QCOMPARE(out.str(),
                 std::string("{\"time\":\"2007-01-15T09:12:03.250Z\",\"level\":\"info\",\"event\":"
                             "\"transfer-sent\",\"target\":\"ISCS\",\"tries\":3,\"seconds\":0.5,\"late\":false}\n"));
    }
    void noValueCanForgeALineOrAField() {
        const std::string evil = "a\"\n{\"level\":\"error\"}\r\\ \x01\x1b[31m \xe2\x80\xa8 \xff";
        std::ostringstream out;
        StreamLogSink sink(out);
        Logger logger(m_clock, sink);
        logger.info("tried", {{"name", evil}});
        const auto text = out.str();
        QCOMPARE(std::count(text.begin(), text.end(), '\n'), 1);
        QVERIFY(std::all_of(text.begin(), text.end() - 1, [](char c) { return c >= 0x20 && c < 0x7f; }));
        const auto line = nlohmann::json::parse(text);
        QCOMPARE(line["level"].get<std::string>(), std::string("info"));
        QCOMPARE(line["name"].get<std::string>(),
                 std::string("a\"\n{\"level\":\"error\"}\r\\ \x01\x1b[31m \xe2\x80\xa8 \xef\xbf\xbd"));
    }
    void linesBelowTheLeastLevelAreNotWritten() {
        std::ostringstream out;
        StreamLogSink sink(out);
        Logger logger(m_clock, sink, LogLevel::Warning);
        logger.debug("a");
        logger.info("b");
        logger.warning("c");
        logger.error("d");
        QVERIFY(out.str().find("\"a\"") == std::string::npos && out.str().find("\"b\"") == std::string::npos);
        QVERIFY(out.str().find("\"warning\"") != std::string::npos && out.str().find("\"error\"") != std::string::npos);
    }
    void threadsDoNotMixTheirLines() {
        std::ostringstream out;
        StreamLogSink sink(out);
        Logger logger(m_clock, sink);
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 500; ++i) logger.info("line", {{"thread", t}, {"i", i}});
            });
        }
        for (auto& thread : threads) thread.join();
        auto lines = split(out.str(), '\n');
        QVERIFY(lines.back().empty());
        lines.pop_back();
        QCOMPARE(lines.size(), std::size_t(2000));
        std::set<std::pair<int, int>> seen;
        for (const auto& line : lines) {
            const auto parsed = nlohmann::json::parse(line);
            seen.emplace(parsed["thread"].get<int>(), parsed["i"].get<int>());
        }
        QCOMPARE(seen.size(), std::size_t(2000));
    }
    void aFileGetsTheSameLines() {
        std::FILE* const file = std::tmpfile();
        FileLogSink sink(file);
        Logger(m_clock, sink).error("e", {{"big", INT64_MIN}});
        std::rewind(file);
        char text[200] = {};
        QVERIFY(std::fgets(text, sizeof text, file) != nullptr);
        QVERIFY(QByteArray(text).endsWith("\"event\":\"e\",\"big\":-9223372036854775808}\n"));
        std::fclose(file);
    }
};

QTEST_GUILESS_MAIN(TestLogger)
#include "tst_logger.moc"
