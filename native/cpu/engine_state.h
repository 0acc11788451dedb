// What an engine and a state are made of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/engine.h"
#include "cpu/block_pool.h"
#include "cpu/executor.h"
#include "cpu/thread_pool.h"

namespace qmlx::cpu {

// Memory for work that grows and stays, so that runs do not allocate.
class Buffer {
 public:
  Buffer() = default;
  ~Buffer();
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  Buffer(Buffer&& other) noexcept;
  Buffer& operator=(Buffer&&) = delete;

  // At least this many bytes, aligned for vectors. Throws std::bad_alloc.
  std::byte* reserve(std::uint64_t bytes);
  std::byte* data() const { return data_; }

 private:
  std::byte* data_ = nullptr;
  std::uint64_t bytes_ = 0;
};

// Memory of one worker thread.
struct Worker {
  Buffer tile;
  Buffer tables;
  Buffer prepared;
};

// What is known of a row of a state without reading it. A state set to a basis index is only
// written where passes reach; the zeros elsewhere are not in memory.
struct RowKnowledge {
  bool basis = true;            // nothing is in memory: amplitude zero_value is 1, others are 0
  std::uint64_t zero_mask = 0;  // amplitudes with (index & zero_mask) != zero_value are 0
  std::uint64_t zero_value = 0;

  bool in_memory() const { return !basis && zero_mask == 0; }
};

}  // namespace qmlx::cpu

struct qmlx_engine {
  qmlx_engine(const qmlx_config& config, const qmlx::cpu::Executor& executor, unsigned threads);

  // The bytes that new states may take.
  std::uint64_t available_bytes() const;
  bool is_double() const { return config.precision == QMLX_COMPLEX128; }
  unsigned amplitude_bytes() const { return is_double() ? 16 : 8; }

  qmlx_config config;
  const qmlx::cpu::Executor& executor;
  qmlx::cpu::ThreadPool pool;
  qmlx::cpu::BlockPool blocks;
  std::uint64_t used_bytes = 0;   // of living states
  std::uint64_t fresh_bytes = 0;  // of them, not yet taken from the machine
  std::vector<qmlx::cpu::Worker> workers;
  std::vector<std::uint64_t> adapted_plan;
  std::vector<double> partial_sums;
  std::string error;
};

struct qmlx_state {
  std::uint64_t amplitudes() const { return std::uint64_t{1} << bits; }
  std::byte* row(std::uint32_t index) const { return block.data + index * row_bytes; }
  // Calls work with a row's amplitudes, re and im in turn, as scalars of the engine.
  template <typename Work>
  void with_row(std::uint32_t index, const Work& work) const {
    if (engine->is_double()) {
      work(reinterpret_cast<double*>(row(index)));
    } else {
      work(reinterpret_cast<float*>(row(index)));
    }
  }
  // Marks the memory as taken from the machine.
  void touch();

  qmlx_engine* engine;
  unsigned bits;
  std::uint32_t batch;
  std::uint64_t row_bytes;
  qmlx::cpu::Block block;
  std::vector<qmlx::cpu::RowKnowledge> rows;
};

namespace qmlx::cpu {

inline std::uint64_t low_mask(unsigned bits) { return (std::uint64_t{1} << bits) - 1; }

// Work smaller than this is done on the calling thread.
inline constexpr std::uint64_t kParallelAmplitudes = std::uint64_t{1} << 14;

// Writes the zeros that are only known, so that the row can be read as memory.
void materialise(const qmlx_state& state, std::uint32_t row);

}  // namespace qmlx::cpu
