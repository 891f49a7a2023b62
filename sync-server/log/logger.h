#pragma once

#include <concepts>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <mutex>
#include <ostream>
#include <string>
#include <string_view>
#include <variant>

#include "shared/base/clock.h"

namespace fieldclaim::server {

/// Where finished lines go. write() is called by one thread at a time (the Logger holds its lock).
class LogSink {
public:
    virtual ~LogSink() = default;
    /// One JSON object without the line's end. A sink that cannot write drops the line: logging never fails a request.
    virtual void write(std::string_view line) = 0;
};

/// Writes to a stream that outlives it, and flushes each line.
class StreamLogSink final : public LogSink {
public:
    explicit StreamLogSink(std::ostream& out) : m_out(out) {}
    void write(std::string_view line) override;

private:
    std::ostream& m_out;
};

/// Writes to a FILE that outlives it (stderr under systemd), and flushes each line.
class FileLogSink final : public LogSink {
public:
    explicit FileLogSink(std::FILE* out) : m_out(out) {}
    void write(std::string_view line) override;

private:
    std::FILE* m_out;
};

enum class LogLevel { Debug, Info, Warning, Error };
std::string_view name(LogLevel level);

/// One member of a log line. Keys are literals of the code. Values never hold personal data, secrets, paths with
/// claim numbers, queries or bodies: whoever logs answers for that.
struct LogField {
    using Value = std::variant<std::string_view, std::int64_t, double, bool>;
    std::string_view key;
    Value value;

    LogField(std::string_view field, std::string_view text) : key(field), value(text) {}
    LogField(std::string_view field, const std::string& text) : key(field), value(std::string_view(text)) {}
    LogField(std::string_view field, const char* text) : key(field), value(std::string_view(text)) {}
    LogField(std::string_view field, bool yes) : key(field), value(yes) {}
    LogField(std::string_view field, double number) : key(field), value(number) {}
    template <std::integral T>
    LogField(std::string_view field, T number) : key(field), value(static_cast<std::int64_t>(number)) {}
};

/// The server's log: one JSON object a line, {"time","level","event", fields in the order given}. Values are escaped
/// by the JSON library, bytes that are no UTF-8 replaced, so that no value can forge a line. Safe from any thread.
/// Borrows the clock and the sink, which outlive it.
class Logger {
public:
    Logger(const Clock& clock, LogSink& sink, LogLevel least = LogLevel::Info);

    bool enabled(LogLevel level) const { return level >= m_least; }
    /// `event` is a stable kebab-case name: "http-request", "transfer-refused".
    void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});
    void debug(std::string_view event, std::initializer_list<LogField> fields = {}) {
        log(LogLevel::Debug, event, fields);
    }
    void info(std::string_view event, std::initializer_list<LogField> fields = {}) {
        log(LogLevel::Info, event, fields);
    }
    void warning(std::string_view event, std::initializer_list<LogField> fields = {}) {
        log(LogLevel::Warning, event, fields);
    }
    void error(std::string_view event, std::initializer_list<LogField> fields = {}) {
        log(LogLevel::Error, event, fields);
    }

private:
    const Clock& m_clock;
    LogSink& m_sink;
    const LogLevel m_least;
    std::mutex m_mutex;
};

}  // namespace fieldclaim::server
