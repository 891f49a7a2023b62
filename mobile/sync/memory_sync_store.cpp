#include "mobile/sync/sync_store.h"
