#pragma once

#include "mobile/viewmodels/sync_control.h"

namespace fieldclaim::tablet {

/// What stands in the place of a sync driver in practice: it holds no transport, no vault and no engine, so that there
/// is no way by which anything could leave. GUI thread.
class NoSync final : public SyncControl {
public:
    SyncStatus status() const override { return {SyncPhase::Off}; }
    bool isPaused() const override { return true; }
    void setPaused(bool) override {}
    void setImagesUnmeteredOnly(bool) override {}
    void syncNow() override {}
    void saved() override {}
    void storeChanged(bool) override {}
    void officerChanged() override {}
};

}  // namespace fieldclaim::tablet
