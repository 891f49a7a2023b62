#include <filesystem>
#include <sstream>

#include "sync-server/http/http_message.h"
#include "sync-server/storage/transfer_text.h"
#include "sync-server/transfer/target_answer.h"
#include "tests/fuzz/targets.h"
#include "tests/support/api_wire/api_wire.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

namespace fieldclaim::fuzz {
namespace {

namespace fs = std::filesystem;

/// A server that lives as long as the program, with a tablet that is signed in.
class Service {
public:
    Service()
        : m_server(options()),
          m_tablet(m_server.clock, m_server.random),
          m_wire(*m_server, m_server.clock, m_server.metrics) {
        ENSURE(m_tablet.join(*m_server).has_value());
    }
    ~Service() {
        std::error_code ignored;
        fs::remove_all(m_server.options.data, ignored);
    }

    /// "METHOD path\nName: value\n…\n\nbody"; the tablet's own session is added.
    void call(ByteView input) {
        const std::string text(asText(input));
        const auto blank = text.find("\n\n");
        std::istringstream head(text.substr(0, blank));
        std::string method;
        std::string path;
        std::string line;
        head >> method >> path;
        std::getline(head, line);
        if (!server::methodFromName(method)) return;  // HTTP's own reader refuses it
        std::map<std::string, std::string> headers{{"Authorization", "Bearer " + m_tablet.token()}};
        while (std::getline(head, line)) {
            const auto colon = line.find(": ");
            if (colon != std::string::npos) headers[line.substr(0, colon)] = line.substr(colon + 2);
        }
        const auto body = blank == std::string::npos ? Bytes() : toBytes(input.subspan(blank + 2));
        m_server.clock.advance(1'000);  // the rate limit is not what is tried here
        const auto reply = m_wire.call(method, path, headers, body, "192.0.2.1");
        promise(reply.status >= 200 && reply.status < 500, "bad input is the caller's fault and ends in an answer");
        if (++m_calls % 500 == 0) ENSURE(m_tablet.signIn(*m_server).has_value());  // a session lasts 15 minutes
    }

private:
    static server::Server::Options options() {
        server::Server::Options out;
        std::string name = (fs::temp_directory_path() / "fieldclaim-fuzz-XXXXXX").string();
        ENSURE(mkdtemp(name.data()) != nullptr);
        out.data = name;
        out.in_memory = true;
        return out;
    }

    test::TestServer m_server;
    test::FakeTablet m_tablet;
    test::ApiWire m_wire;
    unsigned m_calls = 0;
};

void callService(ByteView input) {
    static Service service;
    service.call(input);
}

Bytes bytesOf(const std::string& text) { return toBytes(asBytes(text)); }

}  // namespace

std::vector<Target> serverTargets() {
    const std::string digest(64, 'a');
    test::SeededRandom random;
    return {
        {"tus",
         callService,
         {bytesOf("POST /v1/uploads\nTus-Resumable: 1.0.0\nUpload-Length: 5\nUpload-Metadata: sha256 " +
                  toBase64(asBytes(digest)) + ",claim " + toBase64(asBytes(Crn::make(random))) + "\n\n"),
          bytesOf("PATCH /v1/uploads/0190a5c2-0000-7000-8000-000000000000\nTus-Resumable: 1.0.0\nUpload-Offset: "
                  "0\nContent-Type: application/offset+octet-stream\nUpload-Checksum: sha256 " +
                  toBase64(Bytes(32, 1)) + "\n\nhello"),
          bytesOf("HEAD /v1/uploads/0190a5c2-0000-7000-8000-000000000000\nTus-Resumable: 1.0.0\n\n"),
          bytesOf("GET /v1/blobs/" + digest + "\nRange: bytes=0-5\n\n"), bytesOf("OPTIONS /v1/uploads\n\n")}},
        {"sync-calls",
         callService,
         {bytesOf("POST /v1/sync/hello\nContent-Type: application/cbor\n\n\xa0"),
          bytesOf("POST /v1/sync/push\nContent-Type: application/cbor\nContent-Encoding: deflate\n\nx"),
          bytesOf("POST /v1/receipts\nContent-Type: application/json\n\n{\"key\":\"x\"}"),
          bytesOf("GET /v1/packs/working-age\n\n"),
          bytesOf("POST /v1/devices\nContent-Type: application/cbor\n\n\xa0")}},
        {"answer-of-a-target",
         [](ByteView input) {
             for (const int status : {200, 202, 400, 409, 422, 500}) {
                 const auto sent = server::readSendAnswer(status, asText(input));
                 promise(status < 300 || sent.kind != server::TargetAnswer::Kind::Accepted,
                         "only a success accepts a claim");
                 static_cast<void>(server::readQueryAnswer(status, asText(input)));
             }
         },
         {bytesOf(R"({"status":"accepted","receipt":"R1","ref":"JS1"})"),
          bytesOf(R"({"status":"rejected","errors":[{"code":"E1","field":"nino","message":"wrong"}]})")}},
        {"receipt",
         [](ByteView input) {
             const auto read = server::readCallback(asText(input));
             if (read) {
                 promise(!read->idempotency_key.empty() || !read->receipt_id.empty(), "a receipt names its transfer");
             }
         },
         {bytesOf(R"({"key":"k","receipt":"R1","status":"accepted"})")}},
        {"transfer-text",
         [](ByteView input) {
             server::TransferRecord record;
             static_cast<void>(server::readTransferText(asText(input), record));
         },
         {bytesOf(server::transferText({}))}},
        {"form-post",
         [](ByteView input) { static_cast<void>(server::parseUrlEncoded(asText(input))); },
         {bytesOf("a=b&c=%20d+e")}},
        {"range",
         [](ByteView input) {
             const auto range = server::parseRange(asText(input), 1'000);
             if (range && *range)
                 promise((*range)->first <= (*range)->last && (*range)->last < 1'000, "a range lies inside");
         },
         {bytesOf("bytes=0-99"), bytesOf("bytes=-5"), bytesOf("bytes=900-")}},
    };
}

}  // namespace fieldclaim::fuzz
