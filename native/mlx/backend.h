// What runs kernels: CUDA or Metal through MLX, or the host's processor on MLX's CPU arrays.
#pragma once

#include <mlx/mlx.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/engine.h"
#include "kernels/kernels.gen.h"

namespace qmlx::on_mlx {

namespace mx = ::mlx::core;

using Scalar = std::variant<std::uint32_t, std::uint64_t, float>;

struct Output {
  mx::Shape shape;
  mx::Dtype dtype;
};

struct Launch {
  kernels::KernelName kernel{};
  std::uint32_t columns = 1, rows = 1;  // groups
  std::uint32_t threads = 1;            // of a group
  std::vector<mx::array> inputs{};
  std::vector<Output> outputs{};
  std::vector<Scalar> scalars{};
};

// The row of the kernel table.
const kernels::KernelRow& row_of(kernels::KernelName kernel);
// Scalars as the words that kernels of Metal and C++ get.
std::vector<std::uint32_t> words_of(const std::vector<Scalar>& scalars);

class Backend {
 public:
  Backend() = default;
  virtual ~Backend() = default;
  Backend(const Backend&) = delete;
  Backend& operator=(const Backend&) = delete;

  virtual const char* device() const = 0;  // as users name it
  virtual std::string name() const = 0;    // of the hardware
  virtual const mx::Stream& stream() const = 0;
  // Arrays with fewer elements would be passed in another way.
  virtual int least_elements() const = 0;
  virtual unsigned tile_bits() const = 0;
  virtual std::uint64_t memory_bytes() const = 0;
  virtual std::uint64_t available_bytes() const = 0;
  virtual std::uint64_t largest_array_bytes() const { return ~std::uint64_t{0}; }

  // The outputs, not necessarily computed yet.
  virtual std::vector<mx::array> launch(const Launch& launch) = 0;
  // Memory for the amplitudes of a state; their values are unspecified.
  virtual mx::array allocate(const mx::Shape& shape) = 0;

  // Computes an array of floats, or of pairs of them, and copies the first ones to the host.
  void read(mx::array& array, float* to, std::size_t floats);
  std::vector<float> read(mx::array& array, std::size_t floats);

 protected:
  // Copies from an array that is computed.
  virtual void copy_out(mx::array& array, float* to, std::size_t floats);
};

std::unique_ptr<Backend> make_cuda_backend();
std::unique_ptr<Backend> make_metal_backend();
std::unique_ptr<Backend> make_host_backend();

}  // namespace qmlx::on_mlx
