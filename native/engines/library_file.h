// Whether a file can be handed to the system's loader. The loader of Linux trusts what a library
// says about itself: one that was cut off kills the process.
#pragma once

#include <string>

#include "core/status.h"

namespace qmlx {

// Not ok if the file is a damaged library or one for another processor. Files of other formats, or
// none, are left to the loader.
Status check_library_file(const std::string& path);

}  // namespace qmlx
