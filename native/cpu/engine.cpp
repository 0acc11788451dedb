#include "cpu/engine.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <string>

#include "cpu/engine_state.h"
#include "cpu/execution.h"
#include "cpu/memory.h"
#include "cpu/processor.h"
#include "cpu/reduction.h"
#include "cpu/state_access.h"

namespace qmlx::cpu {

namespace {

constexpr unsigned kMostThreads = 1024;

int refuse(qmlx_engine& engine, int code, std::string text) {
  engine.error = std::move(text);
  return code;
}

// Runs a table function's work. No exception leaves an engine: its caller may be another language.
template <typename Work>
int guarded(qmlx_engine& engine, const Work& work) noexcept {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    engine.error.assign("The machine has no memory left for the engine's work.");
    return QMLX_OUT_OF_MEMORY;
  } catch (...) {
    engine.error.assign("The engine failed.");
    return QMLX_INTERNAL;
  }
}

void set_text(char* out, std::uint64_t bytes, const char* text) {
  if (bytes > 0) std::snprintf(out, bytes, "%s", text);
}

int create(const qmlx_config* config, qmlx_engine** engine, char* error, std::uint64_t bytes) {
  const auto fail = [&](int code, const char* text) {
    set_text(error, bytes, text);
    return code;
  };
  if (config == nullptr || engine == nullptr)
    return fail(QMLX_INVALID_ARGUMENT, "A configuration and a place for the engine are needed.");
  if (config->abi != QMLX_ENGINE_ABI)
    return fail(QMLX_ABI_MISMATCH, "The engine's interface has another version than its caller's.");
  if (config->threads > kMostThreads)
    return fail(QMLX_INVALID_ARGUMENT, "The engine runs at most 1024 threads.");
  if (config->tile_bits > kMaxTileBits || config->row_bits > kMaxTileBits ||
      config->register_bits > kMaxRegisterBits)
    return fail(QMLX_INVALID_ARGUMENT, "The forced geometry is larger than plans can be.");
  if (config->precision > QMLX_COMPLEX128)
    return fail(QMLX_UNSUPPORTED, "The engine computes in complex64 or in complex128.");
  const Executor* executor = find_executor(config->variant, config->precision);
  if (executor == nullptr)
    return fail(QMLX_UNSUPPORTED, "This processor does not run the instruction set asked for.");
  try {
    const unsigned threads = config->threads != 0 ? config->threads : processor_count();
    *engine = new qmlx_engine(*config, *executor, threads);
    return QMLX_OK;
  } catch (...) {
    return fail(QMLX_OUT_OF_MEMORY, "There is no memory for an engine.");
  }
}

void destroy(qmlx_engine* engine) { delete engine; }

int describe(qmlx_engine* engine, qmlx_description* description) {
  return guarded(*engine, [&]() -> int {
    *description = {};
    set_text(description->device, sizeof(description->device), "cpu");
    set_text(description->name, sizeof(description->name), processor_name().c_str());
    set_text(description->variant, sizeof(description->variant), engine->executor.name);
    description->memory_bytes = machine_memory().total;
    description->available_bytes = engine->available_bytes();
    description->threads = engine->pool.threads();
    return QMLX_OK;
  });
}

int geometry(qmlx_engine* engine, std::uint32_t bits, std::uint32_t, qmlx_geometry* out) {
  if (bits > kMaxBits)
    return refuse(*engine, QMLX_INVALID_ARGUMENT, "A state may have at most 48 qubits.");
  const Geometry chosen = choose_geometry(*engine, bits);
  *out = {chosen.tile_bits, chosen.row_bits,       chosen.register_bits,
          chosen.lane_bits, chosen.max_operations, chosen.fuses};
  return QMLX_OK;
}

std::string gibibytes(double bytes) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.3g GiB", bytes / (1 << 30));
  return text;
}

// Small states are not worth asking the operating system.
constexpr std::uint64_t kAlwaysThere = std::uint64_t{16} << 20;

int state_create(qmlx_engine* engine, std::uint32_t bits, std::uint32_t batch, qmlx_state** state) {
  return guarded(*engine, [&]() -> int {
    if (bits > kMaxBits || batch == 0)
      return refuse(*engine, QMLX_INVALID_ARGUMENT,
                    "A state has at most 48 qubits and at least one row.");
    const std::uint64_t amplitude_bytes = engine->amplitude_bytes();
    // Rows begin at vectors and hold at least one.
    const std::uint64_t amplitudes =
        std::max<std::uint64_t>(std::uint64_t{1} << bits, kVectorAlignment / amplitude_bytes);
    const double needed = static_cast<double>(amplitudes * amplitude_bytes) * batch;
    const bool small = needed <= static_cast<double>(kAlwaysThere);
    const std::uint64_t limit = engine->config.memory_limit;
    if (!small ||
        (limit != 0 && engine->used_bytes + amplitudes * amplitude_bytes * batch > limit)) {
      const std::uint64_t available = engine->available_bytes();
      if (needed > static_cast<double>(available))
        return refuse(*engine, QMLX_OUT_OF_MEMORY,
                      "A state of " + std::to_string(bits) + " qubits" +
                          (batch > 1 ? " × " + std::to_string(batch) + " rows" : std::string()) +
                          " needs " + gibibytes(needed) + "; " +
                          gibibytes(static_cast<double>(available)) + " are available.");
    }
    auto made = std::make_unique<qmlx_state>();
    made->engine = engine;
    made->bits = bits;
    made->batch = batch;
    made->row_bytes = amplitudes * amplitude_bytes;
    made->rows.resize(batch);
    made->block = engine->blocks.take(amplitudes * amplitude_bytes * batch);
    if (made->block.data == nullptr)
      return refuse(*engine, QMLX_OUT_OF_MEMORY,
                    "The machine refused " + gibibytes(needed) + " for a state.");
    engine->used_bytes += made->block.bytes;
    if (made->block.fresh) engine->fresh_bytes += made->block.bytes;
    *state = made.release();
    return QMLX_OK;
  });
}

void state_free(qmlx_state* state) {
  if (state == nullptr) return;
  qmlx_engine& engine = *state->engine;
  engine.used_bytes -= state->block.bytes;
  if (state->block.fresh) engine.fresh_bytes -= state->block.bytes;
  engine.blocks.give(state->block);
  delete state;
}

int state_copy(qmlx_state* to, const qmlx_state* from) {
  return guarded(*to->engine, [&]() -> int {
    if (to->bits != from->bits || to->batch != from->batch)
      return refuse(*to->engine, QMLX_INVALID_ARGUMENT,
                    "A state can only be copied to one of the same size.");
    if (to != from) copy_state(*to, *from);
    return QMLX_OK;
  });
}

int set_basis(qmlx_state* state, std::uint64_t index) {
  if (index >= state->amplitudes())
    return refuse(*state->engine, QMLX_INVALID_ARGUMENT, "The basis index is out of range.");
  for (RowKnowledge& row : state->rows) row = {true, 0, index};
  return QMLX_OK;
}

int check_slice(const qmlx_state& state, std::uint32_t row, std::uint64_t first,
                std::uint64_t count) {
  if (row < state.batch && first <= state.amplitudes() && count <= state.amplitudes() - first)
    return QMLX_OK;
  return refuse(*state.engine, QMLX_INVALID_ARGUMENT,
                "The slice of amplitudes does not lie inside the state.");
}

int write(qmlx_state* state, std::uint32_t row, std::uint64_t first, std::uint64_t count,
          const void* amplitudes) {
  return guarded(*state->engine, [&]() -> int {
    if (const int code = check_slice(*state, row, first, count); code != QMLX_OK) return code;
    write_amplitudes(*state, row, first, count, amplitudes);
    return QMLX_OK;
  });
}

bool is_permutation(const std::uint8_t* order, unsigned bits) {
  std::uint64_t seen = 0;
  for (unsigned bit = 0; bit < bits; ++bit) {
    if (order[bit] >= bits) return false;
    seen |= std::uint64_t{1} << order[bit];
  }
  return seen == low_mask(bits);
}

int read(const qmlx_state* state, std::uint32_t row, const std::uint8_t* order, std::uint64_t first,
         std::uint64_t count, void* amplitudes) {
  return guarded(*state->engine, [&]() -> int {
    if (const int code = check_slice(*state, row, first, count); code != QMLX_OK) return code;
    if (order != nullptr && !is_permutation(order, state->bits))
      return refuse(*state->engine, QMLX_INVALID_ARGUMENT,
                    "The order of bits is not a permutation.");
    read_amplitudes(*state, row, order, first, count, amplitudes);
    return QMLX_OK;
  });
}

const void* view(const qmlx_state* state, std::uint32_t row) {
  if (row >= state->batch) return nullptr;
  materialise(*state, row);
  return state->row(row);
}

int execute(qmlx_state* state, const qmlx_execution* execution) {
  return guarded(*state->engine, [&]() -> int { return execute_plan(*state, *execution); });
}

std::uint32_t rows_of(const qmlx_reduction& reduction) {
  return reduction.kind == QMLX_PAULI_GROUP ? std::max(reduction.row_count, 1U) : 1;
}

const char* reduction_fault(const qmlx_state& state, const qmlx_reduction& reduction) {
  if (reduction.row >= state.batch || rows_of(reduction) > state.batch - reduction.row)
    return "The state has no such row.";
  const std::uint64_t all = low_mask(state.bits);
  if (reduction.kind == QMLX_MARGINAL) {
    std::uint64_t seen = 0;
    for (std::uint32_t k = 0; k < reduction.bit_count; ++k) {
      const unsigned bit = reduction.bit_list[k];
      if (bit >= state.bits || (seen >> bit & 1) != 0)
        return "The list of bits names a bit twice or one that is not there.";
      seen |= std::uint64_t{1} << bit;
    }
  }
  if (reduction.kind == QMLX_BLOCK_SUMS && reduction.bit_count > state.bits)
    return "The blocks are larger than the state.";
  if (reduction.kind == QMLX_PAULI_GROUP) {
    std::uint64_t used = reduction.x_mask;
    for (std::uint32_t k = 0; k < reduction.mask_count; ++k) used |= reduction.z_masks[k];
    if ((used & ~all) != 0) return "A Pauli string names a bit that is not there.";
  }
  if (reduction.kind == QMLX_INNER &&
      (reduction.other == nullptr || reduction.other->bits != state.bits ||
       reduction.other_row >= reduction.other->batch))
    return "An inner product needs another state of the same size.";
  return reduction.kind > QMLX_INNER ? "The kind of reduction is unknown." : nullptr;
}

int reduce(const qmlx_state* state, const qmlx_reduction* reduction, double* out) {
  return guarded(*state->engine, [&]() -> int {
    if (const char* fault = reduction_fault(*state, *reduction))
      return refuse(*state->engine, QMLX_INVALID_ARGUMENT, fault);
    switch (reduction->kind) {
      case QMLX_NORM:
        out[0] = squared_norm(*state, reduction->row);
        break;
      case QMLX_MARGINAL:
        marginal(*state, reduction->row, reduction->bit_list, reduction->bit_count, out);
        break;
      case QMLX_BLOCK_SUMS:
        block_sums(*state, reduction->row, reduction->bit_count, out);
        break;
      case QMLX_PAULI_GROUP:
        pauli_group(*state, reduction->row, rows_of(*reduction), reduction->x_mask,
                    reduction->z_masks, reduction->mask_count, out);
        break;
      default:
        inner_product(*state, reduction->row, *reduction->other, reduction->other_row, out);
        break;
    }
    return QMLX_OK;
  });
}

int collapse(qmlx_state* state, std::uint32_t row, std::uint32_t bit, std::uint32_t outcome,
             double scale) {
  return guarded(*state->engine, [&]() -> int {
    if (row >= state->batch || bit >= state->bits || outcome > 1)
      return refuse(*state->engine, QMLX_INVALID_ARGUMENT,
                    "There is no such row, bit or outcome to collapse to.");
    collapse_bit(*state, row, bit, outcome, scale);
    return QMLX_OK;
  });
}

const char* last_error(const qmlx_engine* engine) { return engine->error.c_str(); }

constexpr qmlx_engine_table kTable = {
    QMLX_ENGINE_ABI,
    sizeof(qmlx_engine_table),
    "",
    create,
    destroy,
    describe,
    geometry,
    state_create,
    state_free,
    state_copy,
    set_basis,
    write,
    read,
    view,
    execute,
    reduce,
    collapse,
    last_error,
};

}  // namespace

}  // namespace qmlx::cpu

namespace qmlx {

const qmlx_engine_table* cpu_engine_table() { return &cpu::kTable; }

}  // namespace qmlx
