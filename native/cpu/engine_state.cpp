#include "cpu/engine_state.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>

#include "cpu/memory.h"

namespace qmlx::cpu {

Buffer::~Buffer() { free_pages(data_, bytes_); }

Buffer::Buffer(Buffer&& other) noexcept : data_(other.data_), bytes_(other.bytes_) {
  other.data_ = nullptr;
  other.bytes_ = 0;
}

std::byte* Buffer::reserve(std::uint64_t bytes) {
  if (bytes <= bytes_) return data_;
  free_pages(data_, bytes_);
  data_ = nullptr;
  bytes_ = 0;
  // A tile strides over its memory: huge pages spare it most of the address translation.
  if (bytes >= kHugePage / 8) bytes = (bytes + kHugePage - 1) / kHugePage * kHugePage;
  data_ = static_cast<std::byte*>(allocate_pages(bytes));
  if (data_ == nullptr) throw std::bad_alloc();
  bytes_ = bytes;
  return data_;
}

void materialise(const qmlx_state& state, std::uint32_t row) {
  // What is known is bookkeeping of the engine: a state does not change by it.
  RowKnowledge& known = const_cast<qmlx_state&>(state).rows[row];
  if (known.in_memory()) return;
  const_cast<qmlx_state&>(state).touch();
  std::byte* const amplitudes = state.row(row);
  const std::uint64_t bytes = state.engine->amplitude_bytes();
  const std::uint64_t run =
      known.basis ? state.amplitudes() : std::uint64_t{1} << std::countr_zero(known.zero_mask);
  const std::uint64_t chunk = std::min(state.amplitudes(), std::uint64_t{1} << 18);
  state.engine->pool.run(state.amplitudes() / chunk, [&](unsigned, std::uint64_t task) noexcept {
    const std::uint64_t step = std::min(run, chunk);
    for (std::uint64_t first = task * chunk; first < (task + 1) * chunk; first += step) {
      if (!known.basis && (first & known.zero_mask) == known.zero_value) continue;
      std::memset(amplitudes + bytes * first, 0, bytes * step);
    }
  });
  if (known.basis) {
    std::memset(amplitudes + bytes * state.amplitudes(), 0,
                state.row_bytes - bytes * state.amplitudes());
    state.with_row(row, [&](auto* scalars) { scalars[2 * known.zero_value] = 1; });
  }
  known = {false, 0, 0};
}

}  // namespace qmlx::cpu

qmlx_engine::qmlx_engine(const qmlx_config& settings, const qmlx::cpu::Executor& chosen,
                         unsigned threads)
    : config(settings), executor(chosen), pool(threads), workers(threads) {
  config.variant = nullptr;
}

std::uint64_t qmlx_engine::available_bytes() const {
  const std::uint64_t of_machine = qmlx::cpu::machine_memory().available + blocks.kept_bytes();
  const std::uint64_t free = of_machine > fresh_bytes ? of_machine - fresh_bytes : 0;
  if (config.memory_limit == 0) return free;
  return std::min(free, config.memory_limit - std::min(config.memory_limit, used_bytes));
}

void qmlx_state::touch() {
  if (!block.fresh) return;
  block.fresh = false;
  engine->fresh_bytes -= block.bytes;
}
