#include "cpu/host_executor.h"

#include <exception>

#include "cpu/engine.h"
#include "cpu/engine_state.h"
#include "cpu/execution.h"

namespace qmlx {

namespace {

int execute(qmlx_engine* engine, float* amplitudes, std::uint32_t bits, std::uint32_t batch,
            std::uint64_t row_stride, const std::uint64_t* basis,
            const qmlx_execution* execution) try {
  qmlx_state state{};
  state.engine = engine;
  state.bits = bits;
  state.batch = batch;
  state.row_bytes = row_stride * sizeof(float);
  state.block = {reinterpret_cast<std::byte*>(amplitudes), state.row_bytes * batch, false};
  state.rows.assign(batch, {basis != nullptr, 0, basis != nullptr ? *basis : 0});
  const int code = cpu::execute_plan(state, *execution);
  if (code == QMLX_OK) {
    for (std::uint32_t row = 0; row < batch; ++row) cpu::materialise(state, row);
  }
  return code;
} catch (const std::exception& error) {
  engine->error = error.what();
  return QMLX_OUT_OF_MEMORY;
}

}  // namespace

const qmlx_host_executor* cpu_host_executor() {
  static const qmlx_host_executor executor{cpu_engine_table(), execute};
  return &executor;
}

}  // namespace qmlx
