// Kernels as C++ on MLX's CPU arrays. It exists to run the whole engine where there is no GPU.
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <thread>

#include "kernels/walk_format.h"
#include "mlx/backend.h"
#include "mlx/walker/host.h"

namespace qmlx::on_mlx {

namespace {

constexpr int kAlignment = 64;  // of a state in memory, for the vectors of the CPU engine
constexpr int kAmplitudeBytes = 8;
constexpr int kSlack = kAlignment / kAmplitudeBytes;

std::uint64_t physical_bytes() {
  return static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) *
         static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

// Linux says it in a line like "MemAvailable:  123 kB"; elsewhere what MLX does not use must do.
std::uint64_t free_bytes() {
  std::ifstream file("/proc/meminfo");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("MemAvailable:", 0) != 0) continue;
    std::uint64_t kilobytes = 0;
    for (const char c : line) {
      if (c >= '0' && c <= '9') kilobytes = 10 * kilobytes + static_cast<std::uint64_t>(c - '0');
    }
    return kilobytes << 10;
  }
  const std::uint64_t all = physical_bytes();
  return all - std::min<std::uint64_t>(all, mx::get_active_memory());
}

void* data_of(mx::array& array) { return array.data<void>(); }

class HostBackend : public Backend {
 public:
  HostBackend() : stream_(mx::new_stream(mx::Device::cpu)) {}

  const char* device() const override { return "mlx-cpu"; }
  std::string name() const override {
    return std::to_string(std::thread::hardware_concurrency()) + " processor threads";
  }
  const mx::Stream& stream() const override { return stream_; }
  int least_elements() const override { return 1; }
  unsigned tile_bits() const override { return kernels::kTileBits; }
  std::uint64_t memory_bytes() const override { return physical_bytes(); }
  std::uint64_t available_bytes() const override { return free_bytes(); }
  std::uint64_t largest_array_bytes() const override {
    return static_cast<std::uint64_t>(std::numeric_limits<int>::max() - kSlack) * kAmplitudeBytes;
  }

  std::vector<mx::array> launch(const Launch& launch) override {
    if (launch.threads > row_of(launch.kernel).threads)
      throw std::runtime_error("A kernel cannot be launched with so many threads.");
    std::vector<mx::array> inputs = launch.inputs;
    mx::eval(inputs);
    std::vector<mx::array> outputs;
    outputs.reserve(launch.outputs.size());
    for (const Output& output : launch.outputs)
      outputs.push_back(mx::zeros(output.shape, output.dtype, stream_));
    mx::eval(outputs);
    walker::HostLaunch run;
    run.kernel = launch.kernel;
    run.columns = launch.columns;
    run.rows = launch.rows;
    run.threads = launch.threads;
    run.scalars = words_of(launch.scalars);
    for (mx::array& input : inputs) run.buffers.push_back(data_of(input));
    for (mx::array& output : outputs) run.buffers.push_back(data_of(output));
    walker::run_on_host(run);
    return outputs;
  }

  // A view into a slightly larger array: MLX aligns its own memory to 8 bytes only.
  mx::array allocate(const mx::Shape& shape) override {
    std::int64_t size = 1;
    for (const int extent : shape) size *= extent;
    const int rows = shape[0], columns = static_cast<int>(size / rows);
    mx::array block = mx::zeros({static_cast<int>(size) + kSlack}, mx::complex64, stream_);
    mx::eval({block});
    const auto address = reinterpret_cast<std::uintptr_t>(data_of(block));
    const int skipped =
        static_cast<int>((kAlignment - address % kAlignment) % kAlignment / kAmplitudeBytes);
    mx::array state =
        mx::reshape(mx::slice(block, {skipped}, {skipped + static_cast<int>(size)}, stream_),
                    {rows, columns}, stream_);
    mx::eval({state});
    return state;
  }

 private:
  mx::Stream stream_;
};

}  // namespace

std::unique_ptr<Backend> make_host_backend() { return std::make_unique<HostBackend>(); }

}  // namespace qmlx::on_mlx
