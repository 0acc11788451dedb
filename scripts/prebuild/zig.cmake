# zig as the compiler for any target (docs/releasing.md). QMLX_ZIG: its path; QMLX_TRIPLE: the target,
# with the oldest C library or system that the result must run on.
#
# For macOS, QMLX_LD64 links with the stubs in QMLX_STUBS: left to itself zig would link its own C++
# runtime in, and exceptions of libmlx would pass our handlers by.
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES QMLX_ZIG QMLX_TRIPLE QMLX_LD64 QMLX_STUBS)
string(REGEX MATCH "^[^-]+" CMAKE_SYSTEM_PROCESSOR ${QMLX_TRIPLE})
if(QMLX_TRIPLE MATCHES "macos")
  set(CMAKE_SYSTEM_NAME Darwin)
elseif(QMLX_TRIPLE MATCHES "windows")
  set(CMAKE_SYSTEM_NAME Windows)
else()
  set(CMAKE_SYSTEM_NAME Linux)
endif()

set(flags -target ${QMLX_TRIPLE} -g0)
set(CMAKE_CXX_ARCHIVE_CREATE "\"${QMLX_ZIG}\" ar qc <TARGET> <OBJECTS>")
set(CMAKE_CXX_ARCHIVE_APPEND "\"${QMLX_ZIG}\" ar q <TARGET> <OBJECTS>")
set(CMAKE_CXX_ARCHIVE_FINISH "\"${QMLX_ZIG}\" ranlib <TARGET>")
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)

if(CMAKE_SYSTEM_NAME STREQUAL "Darwin")
  # zig drops Apple's marks of what came with which system; code would then call what macOS 14 lacks.
  list(APPEND flags -U_LIBCPP_HAS_VENDOR_AVAILABILITY_ANNOTATIONS
       -D_LIBCPP_HAS_VENDOR_AVAILABILITY_ANNOTATIONS=1 -fno-sized-deallocation
       -fno-omit-frame-pointer -fno-asynchronous-unwind-tables -funwind-tables)
  set(CMAKE_USER_MAKE_RULES_OVERRIDE_CXX ${CMAKE_CURRENT_LIST_DIR}/link-macos.cmake)
  set(CMAKE_INSTALL_NAME_TOOL /bin/false)
  set(CMAKE_OSX_ARCHITECTURES "")
  set(CMAKE_SKIP_RPATH ON)
endif()
# The compiler is known, and questions to it are answered without linking: programs for macOS need
# stubs, and others a build of zig's C++ runtime of their own.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_CXX_COMPILER_ID_RUN TRUE)
set(CMAKE_CXX_COMPILER_ID Clang)
set(CMAKE_CXX_COMPILER_VERSION 22.1)
set(CMAKE_CXX_COMPILER_FRONTEND_VARIANT GNU)
set(CMAKE_CXX_STANDARD_COMPUTED_DEFAULT 17)
set(THREADS_PREFER_PTHREAD_FLAG OFF)
set(CMAKE_HAVE_LIBC_PTHREAD ON)
if(NOT CMAKE_SYSTEM_NAME STREQUAL "Darwin")
  set(CMAKE_MODULE_LINKER_FLAGS_INIT -s)
endif()
# cmake-js replaces CMAKE_CXX_FLAGS, so these are part of the compiler.
set(CMAKE_CXX_COMPILER ${QMLX_ZIG} c++ ${flags})
