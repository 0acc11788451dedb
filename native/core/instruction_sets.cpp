#include "core/instruction_sets.h"

#if defined(__x86_64__) || defined(_M_X64)
#include <cpuid.h>

#include <cstdint>

namespace qmlx {

namespace {

constexpr bool all(std::uint64_t word, std::uint64_t wanted) { return (word & wanted) == wanted; }
constexpr unsigned one_bit(unsigned number) { return 1U << number; }

struct Features {
  unsigned basic = 0;     // ECX of leaf 1
  unsigned extended = 0;  // EBX of leaf 7
  std::uint64_t saved = 0;
};

Features features() {
  constexpr unsigned kSavesStates = 27;
  Features found;
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0) return found;
  found.basic = c;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) != 0) found.extended = b;
  if (!all(found.basic, one_bit(kSavesStates))) return found;
  unsigned low = 0, high = 0;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  found.saved = std::uint64_t{high} << 32 | low;
  return found;
}

}  // namespace

bool has_avx2() {
  constexpr unsigned kFma = one_bit(12), kAvx = one_bit(28), kAvx2 = one_bit(5),
                     kSaved = one_bit(1) | one_bit(2);
  const Features found = features();
  return all(found.basic, kFma | kAvx) && all(found.extended, kAvx2) && all(found.saved, kSaved);
}

bool has_avx512() {
  constexpr unsigned kF = one_bit(16), kDq = one_bit(17), kBw = one_bit(30), kVl = one_bit(31);
  constexpr unsigned kSaved = one_bit(5) | one_bit(6) | one_bit(7);
  const Features found = features();
  return has_avx2() && all(found.extended, kF | kDq | kBw | kVl) && all(found.saved, kSaved);
}

}  // namespace qmlx

#endif
