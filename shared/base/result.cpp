#include "shared/base/result.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace fieldclaim {
namespace {

// The Welsh wants a native reader's review (docs/forms.md).
constexpr std::array kErrors{
    ErrorInfo{ErrorCode::BadInput, "bad-input", 400,
              "Something in what was sent is not right. The details say what to change.",
              "Nid yw rhywbeth a anfonwyd yn gywir. Mae'r manylion yn dweud beth i'w newid."},
    ErrorInfo{ErrorCode::NotFound, "not-found", 404, "There is nothing here by that name.",
              "Nid oes dim yma o'r enw hwnnw."},
    ErrorInfo{ErrorCode::NotAllowed, "not-allowed", 403, "You do not have the right to do this. Ask a supervisor.",
              "Nid oes gennych yr hawl i wneud hyn. Gofynnwch i oruchwyliwr."},
    ErrorInfo{ErrorCode::NotSignedIn, "not-signed-in", 401, "Sign in, then try again. Nothing was lost.",
              "Mewngofnodwch, yna rhowch gynnig arall arni. Ni chollwyd dim."},
    ErrorInfo{ErrorCode::Conflict, "conflict", 409, "Someone else changed this first. Look again, then decide.",
              "Newidiodd rhywun arall hwn yn gyntaf. Edrychwch eto, yna penderfynwch."},
    ErrorInfo{ErrorCode::TooLarge, "too-large", 413, "This is larger than the limit. Send it in smaller parts.",
              "Mae hwn yn fwy na'r terfyn. Anfonwch ef mewn rhannau llai."},
    ErrorInfo{ErrorCode::TooManyTries, "too-many-tries", 429, "Too many tries. Wait, then try again.",
              "Gormod o gynigion. Arhoswch, yna rhowch gynnig arall arni."},
    ErrorInfo{ErrorCode::BadSignature, "bad-signature", 400,
              "The signature does not match what was signed. Nothing was changed.",
              "Nid yw'r llofnod yn cyfateb i'r hyn a lofnodwyd. Ni newidiwyd dim."},
    ErrorInfo{
        ErrorCode::BadCode, "bad-code", 403,
        "This code is wrong, used or out of time. Ask the back office for a new one.",
        "Mae'r cod hwn yn anghywir, wedi'i ddefnyddio neu wedi dod i ben. Gofynnwch i'r swyddfa gefn am un newydd."},
    ErrorInfo{ErrorCode::WrongPassphrase, "wrong-passphrase", 403, "That passphrase is not right. Try again.",
              "Nid yw'r cyfrinymadrodd hwnnw'n gywir. Rhowch gynnig arall arni."},
    ErrorInfo{ErrorCode::EpochChanged, "epoch-changed", 409,
              "The server was restored. The tablet will compare and send again what is missing.",
              "Cafodd y gweinydd ei adfer. Bydd y llechen yn cymharu ac yn anfon eto yr hyn sydd ar goll."},
    ErrorInfo{ErrorCode::SnapshotNeeded, "snapshot-needed", 410,
              "This tablet was away for long. It will download its claims afresh.",
              "Bu'r llechen hon i ffwrdd yn hir. Bydd yn lawrlwytho ei hawliadau o'r newydd."},
    ErrorInfo{ErrorCode::Unsupported, "unsupported", 415, "This version or format is not supported. Update the app.",
              "Ni chefnogir y fersiwn neu'r fformat hwn. Diweddarwch yr ap."},
    ErrorInfo{ErrorCode::Busy, "busy", 503, "The server is busy. It will be tried again by itself.",
              "Mae'r gweinydd yn brysur. Rhoddir cynnig arall arni'n awtomatig."},
    ErrorInfo{ErrorCode::DiskFull, "disk-full", 507,
              "There is no room left on the disk. Make room, then try again; what was saved before is safe.",
              "Nid oes lle ar ôl ar y ddisg. Gwnewch le, yna rhowch gynnig arall arni; mae'r hyn a gadwyd o'r blaen yn "
              "ddiogel."},
    ErrorInfo{ErrorCode::Storage, "storage", 500,
              "The disk gave an error. What was saved before is safe; this was not saved.",
              "Rhoddodd y ddisg wall. Mae'r hyn a gadwyd o'r blaen yn ddiogel; ni chadwyd hwn."},
    ErrorInfo{ErrorCode::Damaged, "damaged", 500, "Stored data is damaged. Nothing was deleted: call support.",
              "Mae data sydd wedi'i storio wedi'i ddifrodi. Ni ddilëwyd dim: ffoniwch y tîm cymorth."},
    ErrorInfo{ErrorCode::InUse, "in-use", 409, "Fieldclaim is already open. Use the open window.",
              "Mae Fieldclaim eisoes ar agor. Defnyddiwch y ffenestr agored."},
    ErrorInfo{ErrorCode::Network, "network", 503, "The server cannot be reached. Work goes on; it will be sent later.",
              "Ni ellir cyrraedd y gweinydd. Mae'r gwaith yn parhau; caiff ei anfon yn nes ymlaen."},
    ErrorInfo{ErrorCode::Untrusted, "untrusted", 502,
              "The server's certificate is not the one this tablet trusts. Nothing was sent: call support.",
              "Nid tystysgrif y gweinydd yw'r un y mae'r llechen hon yn ymddiried ynddi. Ni anfonwyd dim: ffoniwch y "
              "tîm cymorth."},
    ErrorInfo{ErrorCode::BadPack, "bad-pack", 422,
              "The form pack has an error and was refused. The one before stays in use.",
              "Mae gwall yn y pecyn ffurflenni ac fe'i gwrthodwyd. Mae'r un blaenorol yn dal i gael ei ddefnyddio."},
    ErrorInfo{ErrorCode::Internal, "internal", 500, "Something went wrong on our side. Nothing that was saved is lost.",
              "Aeth rhywbeth o'i le ar ein hochr ni. Ni chollwyd dim a gadwyd."},
};

}  // namespace

const ErrorInfo& errorInfo(ErrorCode code) {
    for (const auto& info : kErrors) {
        if (info.code == code) return info;
    }
    ensureFailed("every ErrorCode has a row", __FILE__, __LINE__);
}

std::string describe(const Error& error) {
    std::string text(errorInfo(error.code).name);
    if (!error.detail.empty()) text += ": " + error.detail;
    return text;
}

void ensureFailed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "fieldclaim: broken invariant %s at %s:%d\n", condition, file, line);
    std::fflush(stderr);
    std::abort();
}

}  // namespace fieldclaim
