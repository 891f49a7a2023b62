#pragma once

#include <memory>

#include "shared/base/clock.h"
#include "sync-server/backoffice/back_office_service.h"
#include "sync-server/http/router.h"
#include "sync-server/service/device_service.h"

namespace fieldclaim::server {

/// The web console: server-rendered pages under /console. Sign-in by login and password; the session is a __Host-
/// cookie (Secure, HttpOnly, SameSite=Strict), every form carries the session's token. Borrows what it is given for as
/// long as the router is used; handlers run on any worker thread.
class Console {
public:
    Console(BackOfficeService& service, DeviceService& devices, const Clock& clock, Random& random);
    ~Console();
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

    /// /console, /console/sign-in, /console/sign-out, /console/claims, /console/claims/{crn}, /console/transfers,
    /// /console/set-aside, /console/set-aside/{hash}, /console/devices, /console/assets/{name}; "/" leads to the
    /// console.
    void addRoutes(Router& router);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace fieldclaim::server
