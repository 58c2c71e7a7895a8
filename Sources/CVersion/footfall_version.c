#include "footfall_version.h"

// FOOTFALL_VERSION is set by Package.swift.
const char *footfall_version(void) { return FOOTFALL_VERSION; }
