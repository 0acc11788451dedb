// Generated from kernels.def by scripts/kernels/generate.mjs.
#pragma once

namespace qmlx::kernels {

enum class KernelName : unsigned char {
  walk,
  basis,
  gather,
  scatter,
  copy,
  collapse,
  squares,
  products,
  fold,
  pauli_group,
};

struct KernelRow {
  const char* name;
  unsigned threads;  // of a group, at most
  const char* inputs;
  const char* outputs;
  const char* scalars;  // w: 32-bit word, i: 64-bit index, f: float
};

inline constexpr KernelRow kKernels[] = {
    {"walk", 256, "state program values token", "norms fresh", "wwwwwi"},
    {"basis", 256, "state token", "fresh", "wwwi"},
    {"gather", 256, "state order token", "slice", "wwiw"},
    {"scatter", 256, "state slice token", "fresh", "wwwiw"},
    {"copy", 256, "state other token other_token", "fresh", "www"},
    {"collapse", 256, "state token", "fresh", "wwwwwwf"},
    {"squares", 256, "state token", "sums", "wwiii"},
    {"products", 256, "state other token other_token", "sums", "wwww"},
    {"fold", 256, "parts", "sums", "ww"},
    {"pauli_group", 256, "state signs token", "sums", "wwiiwww"},
};

}  // namespace qmlx::kernels
