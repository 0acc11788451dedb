#include "cpu/processor.h"

#include <cstring>

#if defined(__x86_64__) || defined(_M_X64)
#include <cpuid.h>
#endif

namespace qmlx::cpu {

const Executor* find_executor(const char* variant, unsigned precision) {
  const Executor* const best_first[] = {
#if defined(__x86_64__) || defined(_M_X64)
      avx512_executor(precision),
      avx2_executor(precision),
#elif defined(__aarch64__)
      neon_executor(precision),
#endif
      portable_executor(precision),
  };
  for (const Executor* executor : best_first) {
    if (variant != nullptr && std::strcmp(variant, executor->name) != 0) continue;
    if (executor->supported()) return executor;
  }
  return nullptr;
}

std::string processor_name() {
#if defined(__x86_64__) || defined(_M_X64)
  unsigned words[12] = {};
  for (unsigned leaf = 0; leaf < 3; ++leaf) {
    unsigned* const part = words + 4 * leaf;
    if (__get_cpuid(0x80000002U + leaf, part, part + 1, part + 2, part + 3) == 0) return "cpu";
  }
  char text[sizeof(words) + 1] = {};
  std::memcpy(text, words, sizeof(words));
  std::string name(text);
  while (!name.empty() && name.back() == ' ') name.pop_back();
  return name.substr(std::min(name.find_first_not_of(' '), name.size()));
#else
  return "cpu";
#endif
}

}  // namespace qmlx::cpu
