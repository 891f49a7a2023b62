#include "sync-server/log/logger.h"

#include <nlohmann/json.hpp>

#include "shared/base/date.h"

namespace fieldclaim::server {

void StreamLogSink::write(std::string_view line) { m_out << line << '\n' << std::flush; }

void FileLogSink::write(std::string_view line) {
    std::fwrite(line.data(), 1, line.size(), m_out);
    std::fputc('\n', m_out);
    std::fflush(m_out);
}

std::string_view name(LogLevel level) {
    switch (level) {
        case LogLevel::Debug:
            return "debug";
        case LogLevel::Info:
            return "info";
        case LogLevel::Warning:
            return "warning";
        case LogLevel::Error:
            return "error";
    }
    return "error";
}

Logger::Logger(const Clock& clock, LogSink& sink, LogLevel least) : m_clock(clock), m_sink(sink), m_least(least) {}

void Logger::log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    if (!enabled(level)) return;
    nlohmann::ordered_json line;
    line["time"] = isoTime(m_clock.wallMs());
    line["level"] = name(level);
    line["event"] = event;
    for (const auto& field : fields) {
        std::visit([&](auto value) { line[std::string(field.key)] = value; }, field.value);
    }
    const std::string text = line.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
    const std::lock_guard lock(m_mutex);
    m_sink.write(text);
}

}  // namespace fieldclaim::server
