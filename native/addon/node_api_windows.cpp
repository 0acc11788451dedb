// Node-API for Windows from whatever program runs. A list of imports would name `node.exe`, which
// Electron, Bun and Deno are not; so each function is a jump through a table that is filled by name
// when the addon is loaded. node_api_names.h is written by CMake: NAME(function) for each of them.
#if defined(_WIN32) && !defined(_MSC_VER)

#include <windows.h>

#include <cstddef>

extern "C" FARPROC qmlx_node_api[];

namespace {

#define NAME(function) #function,
constexpr const char* kNames[] = {
#include <node_api_names.h>
};
#undef NAME

// napi_generic_failure: what a function answers that the program does not have.
int absent() { return 9; }

const bool bound = [] {
  // Node.js itself may be a library of the program.
  const HMODULE library = GetModuleHandleW(L"libnode.dll");
  const HMODULE program = library != nullptr ? library : GetModuleHandleW(nullptr);
  std::size_t next = 0;
  for (const char* name : kNames) {
    const FARPROC found = GetProcAddress(program, name);
    qmlx_node_api[next++] = found != nullptr ? found : reinterpret_cast<FARPROC>(&absent);
  }
  return true;
}();

}  // namespace

#define NAME(function) \
  ".globl " #function "\n" #function ":\n  jmp *qmlx_slot_" #function "(%rip)\n"
asm(".text\n"
#include <node_api_names.h>
);
#undef NAME

#define NAME(function) "qmlx_slot_" #function ":\n  .quad 0\n"
asm(".data\n.balign 8\n.globl qmlx_node_api\nqmlx_node_api:\n"
#include <node_api_names.h>
    ".text\n");
#undef NAME

#endif
