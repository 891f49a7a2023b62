#include "sync-server/api/api.h"

#include "sync-server/api/routes.h"

namespace fieldclaim::server {

Api::Api(Server& server, const Clock& clock, Metrics& metrics, Options options)
    : m_server(server), m_metrics(metrics), m_devices(clock, options.per_device), m_peers(clock, options.per_peer) {}

void Api::addRoutes(Router& router) {
    addSyncRoutes(router, m_server, m_devices, m_peers);
    addUploadRoutes(router, m_server, m_devices);
    addOperatorRoutes(router, m_server, m_metrics, m_peers);
}

}  // namespace fieldclaim::server
