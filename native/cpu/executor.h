// What the engine asks of the code that is compiled once for each instruction set. Plain data and
// function pointers only: a file with its own instruction set must not share inline functions with
// the rest of the program.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/plan.h"

namespace qmlx::cpu {

// A pass in the shape executors take. Its lanes are those of the vectors, its rows are at least a
// vector long, and bits below lane_bits exist even if the state is smaller (they are padding).
struct PassSource {
  const Pass* pass;
  const Stage* stages;  // all of the plan
  const Operation* operations;
  const Term* terms;
  const void* values;  // scalars of the executor
  unsigned bits;
  unsigned tile_bits;
  unsigned row_bits;
  unsigned register_bits;
  unsigned lane_bits;
};

// What is known of a tile's amplitudes before the pass.
enum class Known : std::uint8_t {
  nothing,  // all are in memory
  part,     // only amplitudes with (index & zero_mask) == zero_value are in memory, others are 0
  basis,    // nothing is in memory: amplitude `zero_value` is 1, the others are 0
};

struct TileWork {
  void* amplitudes;       // of the state's row
  std::uint64_t outside;  // value of the bits outside the tile
  std::uint64_t zero_mask;
  std::uint64_t zero_value;
  Known known;
  const std::int32_t* cancel;  // may be null
  double* norm;                // gets the tile's squared norm added; may be null
};

// Memory of one worker.
struct Workspace {
  std::byte* tile;    // Executor::tile_bytes
  std::byte* tables;  // Executor::table_bytes
};

struct Executor {
  const char* name;
  unsigned lane_bits;
  unsigned register_bits;  // that suit the processor's registers
  bool (*supported)();

  // Bytes that prepare() fills for this pass, whatever its values.
  std::size_t (*prepared_bytes)(const PassSource& source);
  // Turns a pass and its values into the form that tiles are run from.
  void (*prepare)(const PassSource& source, std::byte* prepared);
  // Memory that a worker needs for this pass, whatever its values.
  std::size_t (*tile_bytes)(const PassSource& source);
  std::size_t (*table_bytes)(const PassSource& source);
  // Afterwards amplitudes are in memory that differ from those that were in bits of a register of
  // the pass or of a vector. False if the work was cancelled; the content is then unspecified.
  bool (*run_tile)(const std::byte* prepared, const TileWork& work, const Workspace& workspace);
};

inline constexpr std::size_t kVectorAlignment = 64;
inline constexpr unsigned kMaxExecutorRegisterBits = 4;

// By qmlx_precision.
const Executor* portable_executor(unsigned precision);
#if defined(__x86_64__) || defined(_M_X64)
const Executor* avx2_executor(unsigned precision);
const Executor* avx512_executor(unsigned precision);
#elif defined(__aarch64__)
const Executor* neon_executor(unsigned precision);
#endif

}  // namespace qmlx::cpu
