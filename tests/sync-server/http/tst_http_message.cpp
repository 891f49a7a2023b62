#include <QtTest>

#include "sync-server/http/http_message.h"
#include "sync-server/http/router.h"

using namespace fieldclaim;
using namespace fieldclaim::server;

class TestHttpMessage final : public QObject {
    Q_OBJECT

private slots:
    void formsAreTakenApart_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("fields");
        QTest::newRow("nothing") << ""
                                 << "";
        QTest::newRow("one") << "a=1"
                             << "a=1;";
        QTest::newRow("twice the same name") << "a=1&a=2"
                                             << "a=1;a=2;";
        QTest::newRow("plus and escapes")
            << "name=Si%C3%A2n+O%27Brien&x=%2B" << QString::fromUtf8("name=Siân O'Brien;x=+;");
        QTest::newRow("no value") << "a&b="
                                  << "a=;b=;";
        QTest::newRow("an equals sign in the value") << "a=b=c"
                                                     << "a=b=c;";
        QTest::newRow("empty pairs") << "&&a=1&"
                                     << "a=1;";
        QTest::newRow("a cut escape") << "a=%2"
                                      << "error";
        QTest::newRow("a wrong escape") << "a=%gg"
                                        << "error";
        QTest::newRow("a zero byte") << "a=%00"
                                     << "error";
    }
    void formsAreTakenApart() {
        QFETCH(QString, text);
        QFETCH(QString, fields);
        const auto parsed = parseUrlEncoded(text.toStdString());
        QString got = parsed ? QString() : QString("error");
        if (parsed) {
            for (const auto& [key, value] : *parsed) got += QString::fromStdString(key + '=' + value + ';');
        }
        QCOMPARE(got, fields);
    }
    void headersAreFoundInAnyCase() {
        Request request;
        request.headers = {{"X-One", "1"}, {"x-one", "2"}, {"Cookie", "a=1; session=\"abc\"; b=2"}};
        QCOMPARE(request.header("x-ONE"), std::string_view("1"));
        QCOMPARE(request.header("X-Two"), std::string_view(""));
        QVERIFY(request.hasHeader("cookie"));
        QVERIFY(!request.hasHeader("X-Two"));
        QCOMPARE(request.cookie("session"), std::string_view("abc"));
        QCOMPARE(request.cookie("b"), std::string_view("2"));
        QCOMPARE(request.cookie("sess"), std::string_view(""));
    }
    void setReplacesAndAddKeepsBoth() {
        auto response = Response::json("{}");
        response.set("content-type", "text/csv").add("Set-Cookie", "a").add("Set-Cookie", "b");
        QCOMPARE(response.header("Content-Type"), std::string_view("text/csv"));
        QCOMPARE(response.headers.size(), std::size_t(3));
    }
    void rangesAreUnderstood_data() {
        QTest::addColumn<QString>("header");
        QTest::addColumn<int>("size");
        QTest::addColumn<QString>("expected");
        QTest::newRow("none") << "" << 10 << "whole";
        QTest::newRow("first bytes") << "bytes=0-3" << 10 << "0-3";
        QTest::newRow("to the end") << "bytes=4-" << 10 << "4-9";
        QTest::newRow("beyond the end") << "bytes=4-99" << 10 << "4-9";
        QTest::newRow("the last three") << "bytes=-3" << 10 << "7-9";
        QTest::newRow("more than all of the last") << "bytes=-30" << 10 << "0-9";
        QTest::newRow("starts at the end") << "bytes=10-" << 10 << "refused";
        QTest::newRow("the last none") << "bytes=-0" << 10 << "refused";
        QTest::newRow("of nothing") << "bytes=0-" << 0 << "refused";
        QTest::newRow("backwards") << "bytes=5-4" << 10 << "whole";
        QTest::newRow("two ranges") << "bytes=0-1,3-4" << 10 << "whole";
        QTest::newRow("another unit") << "lines=0-1" << 10 << "whole";
        QTest::newRow("nonsense") << "bytes=a-b" << 10 << "whole";
        QTest::newRow("nonsense at the end") << "bytes=1-b" << 10 << "whole";
        QTest::newRow("larger than 64 bits") << "bytes=99999999999999999999-" << 10 << "whole";
    }
    void rangesAreUnderstood() {
        QFETCH(QString, header);
        QFETCH(int, size);
        QFETCH(QString, expected);
        const auto range = parseRange(header.toStdString(), static_cast<std::uint64_t>(size));
        QString got = "refused";
        if (range) got = *range ? QString("%1-%2").arg((*range)->first).arg((*range)->last) : QString("whole");
        QCOMPARE(got, expected);
    }
    void routesAreChosenByPrecedence_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("expected");
        QTest::newRow("root") << "/"
                              << "/";
        QTest::newRow("a literal wins over a name") << "/v1/blobs/all"
                                                    << "/v1/blobs/all";
        QTest::newRow("a name") << "/v1/blobs/ab12"
                                << "/v1/blobs/{sha256} sha256=ab12";
        QTest::newRow("an escape in a name") << "/v1/blobs/a%20b"
                                             << "/v1/blobs/{sha256} sha256=a b";
        QTest::newRow("an escaped slash makes no segment") << "/v1/blobs/a%2Fb"
                                                           << "/v1/blobs/{sha256} sha256=a/b";
        QTest::newRow("an escaped literal is the literal") << "/v1/bl%6Fbs/all"
                                                           << "/v1/blobs/all";
        QTest::newRow("a tail") << "/assets/css/a.css"
                                << "/assets/{path...} path=css/a.css";
        QTest::newRow("a tail never climbs") << "/assets/../secret"
                                             << "none";
        QTest::newRow("nor by escapes") << "/assets/%2e%2e/secret"
                                        << "none";
        QTest::newRow("nor by an escaped slash") << "/assets/..%2fsecret"
                                                 << "none";
        QTest::newRow("an empty tail") << "/assets/"
                                       << "none";
        QTest::newRow("an empty name") << "/v1/blobs/"
                                       << "none";
        QTest::newRow("a trailing slash is another path") << "/v1/blobs/all/"
                                                          << "none";
        QTest::newRow("too long") << "/v1/blobs/all/more"
                                  << "none";
        QTest::newRow("not a path") << "v1"
                                    << "error";
        QTest::newRow("a wrong escape") << "/v1/%"
                                        << "error";
    }
    void routesAreChosenByPrecedence() {
        QFETCH(QString, path);
        QFETCH(QString, expected);
        Router router;
        const auto handler = [](const RequestContext&) { return Response(); };
        for (const auto* pattern : {"/assets/{path...}", "/v1/blobs/{sha256}", "/v1/blobs/all", "/"}) {
            router.add(Method::Get, pattern, handler);
        }
        const auto found = router.find(Method::Get, path.toStdString());
        QString got = "error";
        if (found) got = found->route != nullptr ? QString::fromStdString(found->route->pattern) : QString("none");
        if (found) {
            for (const auto& [key, value] : found->params) got += QString::fromStdString(' ' + key + '=' + value);
        }
        QCOMPARE(got, expected);
    }
    void headHasItsOwnHandlerOrThatOfGet() {
        Router router;
        const auto handler = [](const RequestContext&) { return Response(); };
        router.add(Method::Get, "/a", handler);
        router.add(Method::Head, "/b", handler);
        router.add(Method::Get, "/b", handler);
        QVERIFY(router.find(Method::Head, "/a")->route->method == Method::Get);
        QVERIFY(router.find(Method::Head, "/b")->route->method == Method::Head);
        QVERIFY(router.find(Method::Post, "/a")->route == nullptr);
        QCOMPARE(router.find(Method::Post, "/a")->allowed.size(), std::size_t(3));
    }
};

QTEST_GUILESS_MAIN(TestHttpMessage)
#include "tst_http_message.moc"
