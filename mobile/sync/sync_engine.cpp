#include "mobile/sync/sync_engine.h"
