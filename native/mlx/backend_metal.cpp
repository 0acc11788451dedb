// Kernels as Metal text, compiled by the operating system when they are first used.
#include <algorithm>
#include <sstream>

#include "kernels/kernels_metal.gen.h"
#include "mlx/backend.h"

namespace qmlx::on_mlx {

namespace {

constexpr int kLeastElements = 8;   // smaller arrays would be in another address space
constexpr unsigned kTileBits = 11;  // QMLX_TILE_BITS of the text

std::vector<std::string> words(const char* text) {
  std::istringstream stream(text);
  std::vector<std::string> list;
  for (std::string word; stream >> word;) list.push_back(word);
  return list;
}

class MetalBackend : public Backend {
 public:
  MetalBackend() : stream_(mx::new_stream(mx::Device::gpu)) {
    for (std::size_t k = 0; k < std::size(kernels::kKernels); ++k) {
      const kernels::KernelRow& row = kernels::kKernels[k];
      const kernels::MetalKernel& text = kernels::kMetalKernels[k];
      std::string header;
      for (const char* piece : text.pieces) {
        if (piece != nullptr) header += piece;
      }
      std::vector<std::string> inputs = words(row.inputs);
      inputs.emplace_back("scalars");
      functions_.push_back(mx::fast::metal_kernel(std::string("qmlx_") + row.name, inputs,
                                                  words(row.outputs), text.body, header));
    }
  }

  const char* device() const override { return "gpu"; }
  std::string name() const override {
    const auto& info = mx::device_info(mx::Device::gpu);
    const auto found = info.find("device_name");
    return found == info.end() ? "" : std::get<std::string>(found->second);
  }
  const mx::Stream& stream() const override { return stream_; }
  int least_elements() const override { return kLeastElements; }
  unsigned tile_bits() const override { return kTileBits; }
  std::uint64_t memory_bytes() const override { return number("memory_size"); }
  std::uint64_t available_bytes() const override {
    const std::uint64_t best = number("max_recommended_working_set_size");
    return best - std::min<std::uint64_t>(best, mx::get_active_memory());
  }
  std::uint64_t largest_array_bytes() const override { return number("max_buffer_length"); }

  std::vector<mx::array> launch(const Launch& launch) override {
    std::vector<mx::array> inputs = launch.inputs;
    std::vector<std::uint32_t> scalars = words_of(launch.scalars);
    scalars.resize(std::max<std::size_t>(scalars.size(), kLeastElements));
    inputs.emplace_back(scalars.data(), mx::Shape{static_cast<int>(scalars.size())}, mx::uint32);
    std::vector<mx::Shape> shapes;
    std::vector<mx::Dtype> dtypes;
    for (const Output& output : launch.outputs) {
      shapes.push_back(output.shape);
      dtypes.push_back(output.dtype);
    }
    const int threads = static_cast<int>(launch.threads);
    return functions_[static_cast<std::size_t>(launch.kernel)](
        inputs, shapes, dtypes,
        {static_cast<int>(launch.columns) * threads, static_cast<int>(launch.rows), 1},
        {threads, 1, 1}, {}, std::nullopt, false, stream_);
  }

  mx::array allocate(const mx::Shape& shape) override {
    Launch launch{kernels::KernelName::basis};
    const mx::array nothing = mx::zeros({kLeastElements}, mx::float32, stream_);
    launch.inputs = {nothing, nothing};
    launch.outputs = {{shape, mx::complex64}};
    launch.scalars = {0U, 0U, 0U, std::uint64_t{0}};
    mx::array state = this->launch(launch).front();
    mx::eval({state});
    return state;
  }

 private:
  static std::uint64_t number(const char* key) {
    const auto& info = mx::device_info(mx::Device::gpu);
    const auto found = info.find(key);
    return found == info.end() ? 0 : std::get<std::size_t>(found->second);
  }

  mx::Stream stream_;
  std::vector<mx::fast::CustomKernelFunction> functions_;
};

}  // namespace

std::unique_ptr<Backend> make_metal_backend() { return std::make_unique<MetalBackend>(); }

}  // namespace qmlx::on_mlx
