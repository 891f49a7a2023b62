#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace fieldclaim {

/// Every way that an operation can fail. One row each in errorInfo(): HTTP status and what a person reads.
enum class ErrorCode {
    BadInput,  ///< the caller's data is wrong; detail says which and how
    NotFound,
    NotAllowed,   ///< authenticated, without the right
    NotSignedIn,  ///< no session, or it ended
    Conflict,     ///< the state has moved on
    TooLarge,
    TooManyTries,
    BadSignature,
    BadCode,  ///< enrolment or one-time code: wrong, used or out of time
    WrongPassphrase,
    EpochChanged,    ///< the server was restored; start again from hello
    SnapshotNeeded,  ///< the cursor is too old
    Unsupported,     ///< protocol, media type or method
    Busy,            ///< try again later
    DiskFull,
    Storage,    ///< an I/O error of the store
    Damaged,    ///< stored bytes that do not verify
    InUse,      ///< another process has the store
    Network,    ///< not reached, cut, or timed out
    Untrusted,  ///< the peer's certificate is not the one pinned
    BadPack,    ///< a form pack with an error; detail has file, row, column
    Internal,
};

struct ErrorInfo {
    ErrorCode code;
    std::string_view name;  ///< stable, kebab-case: the last part of a problem document's type
    int http_status;
    std::string_view english;  ///< for people: what happened and what to do
    std::string_view welsh;
};

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string detail;  ///< for the log and the developer; never personal data
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

const ErrorInfo& errorInfo(ErrorCode code);
/// "bad-input: expected 32 bytes, got 3"
std::string describe(const Error& error);

inline tl::unexpected<Error> fail(ErrorCode code, std::string detail = {}) {
    return tl::unexpected<Error>(Error{code, std::move(detail)});
}

[[noreturn]] void ensureFailed(const char* condition, const char* file, int line);

}  // namespace fieldclaim

/// Stays on in release builds: a broken invariant ends the process before it can write anything wrong.
#define ENSURE(condition) \
    ((condition) ? static_cast<void>(0) : ::fieldclaim::ensureFailed(#condition, __FILE__, __LINE__))

#define FIELDCLAIM_JOIN2(a, b) a##b
#define FIELDCLAIM_JOIN(a, b) FIELDCLAIM_JOIN2(a, b)

// A macro's declaration cannot stand in parentheses.
// NOLINTBEGIN(bugprone-macro-parentheses)

/// TRY(expr): returns its error from the enclosing function; the value is dropped.
#define TRY(expression)                                                                      \
    do {                                                                                     \
        if (auto fieldclaim_try = (expression); !fieldclaim_try) {                           \
            return ::tl::unexpected<::fieldclaim::Error>(std::move(fieldclaim_try).error()); \
        }                                                                                    \
    } while (false)

/// ASSIGN(auto x, expr): as TRY, and x takes the value.
#define ASSIGN(declaration, expression) \
    FIELDCLAIM_ASSIGN(FIELDCLAIM_JOIN(fieldclaim_result_, __LINE__), declaration, expression)
#define FIELDCLAIM_ASSIGN(temporary, declaration, expression)                       \
    auto temporary = (expression);                                                  \
    if (!temporary) {                                                               \
        return ::tl::unexpected<::fieldclaim::Error>(std::move(temporary).error()); \
    }                                                                               \
    declaration = std::move(temporary).value()

// NOLINTEND(bugprone-macro-parentheses)
