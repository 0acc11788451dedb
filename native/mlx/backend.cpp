#include "mlx/backend.h"

#include <algorithm>
#include <bit>

namespace qmlx::on_mlx {

const kernels::KernelRow& row_of(kernels::KernelName kernel) {
  return kernels::kKernels[static_cast<std::size_t>(kernel)];
}

std::vector<std::uint32_t> words_of(const std::vector<Scalar>& scalars) {
  std::vector<std::uint32_t> words;
  for (const Scalar& scalar : scalars) {
    if (const auto* word = std::get_if<std::uint32_t>(&scalar)) {
      words.push_back(*word);
    } else if (const auto* index = std::get_if<std::uint64_t>(&scalar)) {
      words.push_back(static_cast<std::uint32_t>(*index));
      words.push_back(static_cast<std::uint32_t>(*index >> 32));
    } else {
      words.push_back(std::bit_cast<std::uint32_t>(std::get<float>(scalar)));
    }
  }
  return words;
}

void Backend::read(mx::array& array, float* to, std::size_t floats) {
  mx::eval({array});
  copy_out(array, to, floats);
}

std::vector<float> Backend::read(mx::array& array, std::size_t floats) {
  std::vector<float> copy(floats);
  read(array, copy.data(), floats);
  return copy;
}

void Backend::copy_out(mx::array& array, float* to, std::size_t floats) {
  std::copy_n(array.data<float>(), floats, to);
}

}  // namespace qmlx::on_mlx
