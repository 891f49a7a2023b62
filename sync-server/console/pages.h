#pragma once

#include "sync-server/console/page.h"
#include "sync-server/service/device_service.h"

// What each page shows, made from what the back office's service gave. No rights are decided here.
namespace fieldclaim::server {

PageData claimsData(const std::vector<ClaimViewRow>& claims, const std::map<std::string, std::string>& sites,
                    const FormPack* pack);
/// What a supervisor may do with the claim beside reading it, and what was typed before it was refused.
struct ClaimForms {
    bool may_decide = false;
    std::map<std::string, std::string> scopes;  ///< scope -> name: where it could go
    std::string error;
    std::string reason;
};
PageData claimData(const ClaimCase& claim, const std::string& site_name, const ClaimForms& forms);
/// What templates/file_list.mustache shows, put into `out`: the claim's files of that kind and key (empty: any), as
/// pictures or links, and which are still on the tablet. `what`: what they show, for whoever hears the page.
void setFiles(PageData& out, const ClaimCase& claim, ClaimFile::Of of, std::string_view key, const std::string& what);
PageData erasuresData(const std::vector<ErasureOnTablet>& tablets, const std::map<std::string, std::string>& sites);
/// What a supervisor decides about one transfer, and what was typed before it was refused.
struct TransferForm {
    bool may_decide = false;
    std::string done;  ///< what was just decided: "again", "accepted", "rejected", or empty
    std::string id;    ///< the transfer that `error` is about
    std::string error;
    std::string typed;
};
/// Those that need a person come first.
PageData transfersData(const std::vector<TransferRow>& transfers, const LedgerSafety& safety, const TransferForm& form);
/// `done`: what was just decided ("release", "refuse", "apply"), or empty.
PageData setAsideListData(const std::vector<SetAsideLine>& lines, std::string_view done);
/// What was typed before it was refused, and why it was.
struct SetAsideForm {
    std::string reason;
    std::string error;
};
PageData setAsideCaseData(const SetAsideView& view, bool may_decide, const SetAsideForm& form);
/// `done` is what was just done, or why it was not; empty otherwise.
PageData devicesData(const std::vector<DeviceView>& devices, const std::map<std::string, std::string>& sites,
                     bool may_act, std::string_view done, bool failed);
/// One transfer with its attempts, for both pages.
PageData transferData(const TransferRow& transfer);

}  // namespace fieldclaim::server
