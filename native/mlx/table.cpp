// The engine table over MLX: every call becomes a job of the owner thread.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "mlx/runtime/failure.h"
#include "mlx/runtime/owner_thread.h"
#include "mlx/state.h"

using qmlx::on_mlx::EngineError;
using qmlx::on_mlx::Failure;

struct qmlx_engine {
  qmlx_engine()
      : thread([this] {
          session.reset();
          mlx::core::clear_streams();
        }) {}

  // Runs a job on the owner thread; its code, with the text in `error`.
  template <typename Job>
  int run(const Job& job) {
    Failure failure = thread.run(job);
    error = std::move(failure.text);
    return failure.code;
  }

  // Runs a job that calls nothing of MLX on the caller's thread: calls come one at a time.
  template <typename Job>
  int run_here(const Job& job) {
    try {
      job();
      error.clear();
      return QMLX_OK;
    } catch (...) {
      Failure failure = qmlx::on_mlx::failure_of_current_exception();
      error = std::move(failure.text);
      return failure.code;
    }
  }

  std::string error;
  std::string device, variant;
  std::unique_ptr<qmlx::on_mlx::Session> session;  // touched by the owner thread only
  qmlx::on_mlx::OwnerThread thread;
};

struct qmlx_state {
  qmlx_engine* engine;
  std::unique_ptr<qmlx::on_mlx::State> state;
};

namespace {

#define QMLX_TEXT_OF(number) #number
#define QMLX_VERSION_TEXT(major, minor, patch) \
  QMLX_TEXT_OF(major) "." QMLX_TEXT_OF(minor) "." QMLX_TEXT_OF(patch)
constexpr const char* kBuiltFor =
    QMLX_VERSION_TEXT(MLX_VERSION_MAJOR, MLX_VERSION_MINOR, MLX_VERSION_PATCH);

constexpr std::uint64_t kLargeBytes = std::uint64_t{64} << 20;

void copy_text(char* to, std::size_t size, const std::string& text) {
  if (size == 0) return;
  const std::size_t count = std::min(text.size(), size - 1);
  std::memcpy(to, text.data(), count);
  to[count] = '\0';
}

std::string gibibytes(std::uint64_t bytes) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.3g GiB", static_cast<double>(bytes) / (1 << 30));
  return text;
}

// MLX reads these once, before anything else. The loader asks for the table once and on the
// caller's thread, so that no other thread of ours reads the environment meanwhile.
void set_environment() {
  setenv("MLX_ENABLE_CACHE_THRASHING_CHECK", "0", 1);  // NOLINT(concurrency-mt-unsafe)
  setenv("MLX_ENABLE_TF32", "0", 1);                   // NOLINT(concurrency-mt-unsafe)
}

Failure check_config(const qmlx_config& config) {
  if (config.abi != QMLX_ENGINE_ABI)
    return {QMLX_ABI_MISMATCH, "The engine speaks version " + std::to_string(QMLX_ENGINE_ABI) +
                                   " of the engine table, its caller version " +
                                   std::to_string(config.abi) + "."};
  const std::string loaded = mlx::core::version();
  if (loaded != kBuiltFor)
    return {QMLX_ABI_MISMATCH, "The engine was built for MLX " + std::string(kBuiltFor) +
                                   ", but the library is MLX " + loaded + "."};
  if (config.precision != QMLX_COMPLEX64)
    return {QMLX_UNSUPPORTED,
            "The MLX engine computes in complex64. Use the device 'cpu' for complex128."};
  return {};
}

int create(const qmlx_config* config, qmlx_engine** engine, char* error,
           std::uint64_t error_bytes) {
  try {
    Failure failure = check_config(*config);
    std::unique_ptr<qmlx_engine> made;
    if (failure.ok()) {
      made = std::make_unique<qmlx_engine>();
      made->device = config->device == nullptr ? "gpu" : config->device;
      made->variant = config->variant == nullptr ? "" : config->variant;
      failure.code = made->run([&] {
        made->session =
            std::make_unique<qmlx::on_mlx::Session>(*config, made->device, made->variant);
      });
      if (!failure.ok()) failure.text = made->error;
    }
    if (!failure.ok()) {
      copy_text(error, error_bytes, failure.text);
      return failure.code;
    }
    *engine = made.release();
    return QMLX_OK;
  } catch (...) {
    const Failure failure = qmlx::on_mlx::failure_of_current_exception();
    copy_text(error, error_bytes, failure.text);
    return failure.code;
  }
}

void destroy(qmlx_engine* engine) { delete engine; }

int describe(qmlx_engine* engine, qmlx_description* description) {
  return engine->run([&] {
    qmlx::on_mlx::Session& session = *engine->session;
    *description = {};
    copy_text(description->device, sizeof(description->device), session.backend().device());
    copy_text(description->name, sizeof(description->name), session.backend().name());
    copy_text(description->variant, sizeof(description->variant), session.mode_name());
    copy_text(description->version, sizeof(description->version), mlx::core::version());
    copy_text(description->self_test, sizeof(description->self_test), session.self_test());
    description->memory_bytes = session.backend().memory_bytes();
    description->available_bytes = session.available_bytes();
    description->threads = 1;
  });
}

int geometry(qmlx_engine* engine, std::uint32_t bits, std::uint32_t batch,
             qmlx_geometry* geometry) {
  return engine->run_here([&] { *geometry = engine->session->geometry(bits, batch); });
}

int state_create(qmlx_engine* engine, std::uint32_t bits, std::uint32_t batch, qmlx_state** state) {
  return engine->run([&] {
    using qmlx::on_mlx::State;
    qmlx::on_mlx::Session& session = *engine->session;
    constexpr std::uint32_t kMostBits = 40;
    if (bits > kMostBits || batch == 0)
      throw EngineError(QMLX_INVALID_ARGUMENT, "A state has at most 40 qubits and at least a row.");
    const std::uint64_t needed = State::bytes_of(session, bits, batch);
    const std::uint64_t available = session.available_bytes();
    if (needed > available || needed > session.backend().largest_array_bytes())
      throw EngineError(QMLX_OUT_OF_MEMORY, "A state of " + std::to_string(bits) +
                                                " qubits needs " + gibibytes(needed) + "; " +
                                                gibibytes(available) + " are available.");
    auto made = std::make_unique<qmlx_state>();
    made->engine = engine;
    made->state = std::make_unique<State>(session, bits, batch);
    *state = made.release();
  });
}

void state_free(qmlx_state* state) {
  if (state == nullptr) return;
  state->engine->run([&] {
    const bool large = 8 * state->state->stored_size() * state->state->batch() >= kLargeBytes;
    state->state.reset();
    if (large) mlx::core::clear_cache();
  });
  delete state;
}

int state_copy(qmlx_state* to, const qmlx_state* from) {
  return to->engine->run([&] {
    if (to->engine != from->engine || to->state->bits() != from->state->bits() ||
        to->state->batch() != from->state->batch())
      throw EngineError(QMLX_INVALID_ARGUMENT,
                        "A state can only be copied to one of the same size and engine.");
    if (to != from) to->state->copy_from(*from->state);
  });
}

int set_basis(qmlx_state* state, std::uint64_t index) {
  return state->engine->run_here([&] {
    if (index >> state->state->bits() != 0)
      throw EngineError(QMLX_INVALID_ARGUMENT, "The basis index is out of range.");
    state->state->set_basis(index);
  });
}

void check_slice(const qmlx_state& state, std::uint32_t row, std::uint64_t first,
                 std::uint64_t count) {
  const std::uint64_t size = std::uint64_t{1} << state.state->bits();
  if (row >= state.state->batch() || first > size || count > size - first)
    throw EngineError(QMLX_INVALID_ARGUMENT,
                      "The slice of amplitudes does not lie inside the state.");
}

int write(qmlx_state* state, std::uint32_t row, std::uint64_t first, std::uint64_t count,
          const void* amplitudes) {
  return state->engine->run([&] {
    check_slice(*state, row, first, count);
    state->state->write(row, first, count, static_cast<const float*>(amplitudes));
  });
}

int read(const qmlx_state* state, std::uint32_t row, const std::uint8_t* order, std::uint64_t first,
         std::uint64_t count, void* amplitudes) {
  return state->engine->run([&] {
    check_slice(*state, row, first, count);
    std::uint64_t seen = 0;
    for (unsigned bit = 0; order != nullptr && bit < state->state->bits(); ++bit)
      seen |= order[bit] < 64 ? std::uint64_t{1} << order[bit] : 0;
    if (order != nullptr && seen != (std::uint64_t{1} << state->state->bits()) - 1)
      throw EngineError(QMLX_INVALID_ARGUMENT, "The order of bits is no permutation.");
    state->state->read(row, order, first, count, static_cast<float*>(amplitudes));
  });
}

// Where memory is shared with a GPU its kernels have to end before it is read: read() sees to that.
const void* view(const qmlx_state*, std::uint32_t) { return nullptr; }

int execute(qmlx_state* state, const qmlx_execution* execution) {
  return state->engine->run([&] { state->state->execute(*execution); });
}

int reduce(const qmlx_state* state, const qmlx_reduction* reduction, double* out) {
  return state->engine->run([&] {
    const qmlx_state* other = reduction->other;
    if (other != nullptr && other->engine != state->engine)
      throw EngineError(QMLX_INVALID_ARGUMENT, "The two states belong to different engines.");
    qmlx::on_mlx::reduce(*state->state, *reduction, other == nullptr ? nullptr : other->state.get(),
                         out);
  });
}

int collapse(qmlx_state* state, std::uint32_t row, std::uint32_t bit, std::uint32_t outcome,
             double scale) {
  return state->engine->run([&] {
    if (row >= state->state->batch() || bit >= state->state->bits() || outcome > 1)
      throw EngineError(QMLX_INVALID_ARGUMENT, "There is no such row, bit or outcome.");
    state->state->collapse(row, bit, outcome, static_cast<float>(scale));
  });
}

const char* last_error(const qmlx_engine* engine) { return engine->error.c_str(); }

const qmlx_engine_table kTable{QMLX_ENGINE_ABI,
                               sizeof(qmlx_engine_table),
                               kBuiltFor,
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
                               last_error};

}  // namespace

extern "C" __attribute__((visibility("default"))) const qmlx_engine_table* qmlx_engine_table_get() {
  set_environment();
  return &kTable;
}
