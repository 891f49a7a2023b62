#pragma once

#include <string>

#include "shared/base/bytes.h"
#include "shared/forms/form_pack.h"

namespace fieldclaim {

/// Completes a PDF as Cairo writes it with what Cairo 1.16 cannot say: the language, that a window shows the title, the
/// order of tabs, and the metadata as XMP; and writes it in one form, so that the same drawing gives the same bytes.
/// `created` is an ISO 8601 time. Internal for what is no PDF.
Result<Bytes> finishPdf(const Bytes& drawn, const std::string& title, Language language, const std::string& created);

}  // namespace fieldclaim
