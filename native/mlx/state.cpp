#include "mlx/state.h"

#include <algorithm>

namespace qmlx::on_mlx {

namespace {

constexpr std::uint64_t kAmplitudeBytes = 8;
constexpr unsigned kLongestRowBits = 30;              // of one dimension of an array
constexpr std::uint64_t kSliceAmplitudes = 1U << 23;  // that travel between host and device at once

unsigned stored_bits_of(unsigned bits) { return std::max(bits, walker::kLeastBits); }

}  // namespace

std::uint32_t element_groups(std::uint64_t elements) {
  constexpr std::uint64_t kMost = 1U << 14;
  return static_cast<std::uint32_t>(
      std::clamp<std::uint64_t>((elements + kElementThreads - 1) / kElementThreads, 1, kMost));
}

std::uint64_t State::bytes_of(const Session& session, unsigned bits, std::uint32_t batch) {
  const std::uint64_t bytes = (kAmplitudeBytes << stored_bits_of(bits)) * batch;
  return session.mode() == Mode::out_of_place ? 2 * bytes : bytes;
}

State::State(Session& session, unsigned bits, std::uint32_t batch)
    : session_(session),
      bits_(bits),
      stored_bits_(stored_bits_of(bits)),
      batch_(batch),
      amplitudes_(session.backend().allocate(shape())),
      token_(session.token()),
      basis_(0) {
  session_.count_memory(static_cast<std::int64_t>(bytes_of(session_, bits_, batch_)));
}

State::~State() {
  const std::uint64_t bytes = bytes_of(session_, bits_, batch_);
  session_.count_memory(-static_cast<std::int64_t>(bytes));
}

mx::Shape State::shape() const {
  if (stored_bits_ <= kLongestRowBits)
    return {static_cast<int>(batch_), static_cast<int>(1U << stored_bits_)};
  return {static_cast<int>(batch_ << (stored_bits_ - kLongestRowBits)),
          static_cast<int>(1U << kLongestRowBits)};
}

void State::change(kernels::KernelName kernel, std::uint64_t elements, std::vector<mx::array> more,
                   std::vector<Scalar> scalars) {
  Launch launch{kernel};
  launch.columns = element_groups(in_place() ? elements : stored_size() * batch_);
  launch.threads = kElementThreads;
  launch.inputs = {amplitudes_};
  launch.inputs.insert(launch.inputs.end(), more.begin(), more.end());
  launch.outputs = {{in_place() ? session_.at_least(1) : shape(), mx::complex64}};
  launch.scalars = {in_place() ? 1U : 0U, stored_bits_};
  launch.scalars.insert(launch.scalars.end(), scalars.begin(), scalars.end());
  mx::array result = session_.backend().launch(launch).front();
  mx::eval({result});
  if (in_place()) {
    token_ = result;
  } else {
    amplitudes_ = result;
  }
}

void State::materialise() {
  if (!basis_.has_value()) return;
  change(kernels::KernelName::basis, stored_size() * batch_, {token_}, {batch_, *basis_});
  basis_.reset();
}

void State::write(std::uint32_t row, std::uint64_t first, std::uint64_t count,
                  const float* amplitudes) {
  materialise();
  while (count > 0) {
    const std::uint64_t part = std::min(count, kSliceAmplitudes);
    const mx::array slice = session_.upload(std::vector<float>(amplitudes, amplitudes + 2 * part));
    change(kernels::KernelName::scatter, part, {slice, token_},
           {batch_, row * stored_size() + first, static_cast<std::uint32_t>(part)});
    first += part;
    count -= part;
    amplitudes += 2 * part;
  }
}

void State::read(std::uint32_t row, const std::uint8_t* order, std::uint64_t first,
                 std::uint64_t count, float* amplitudes) {
  materialise();
  std::vector<std::uint32_t> places(64);
  for (unsigned bit = 0; bit < places.size(); ++bit)
    places[bit] = order != nullptr && bit < bits_ ? order[bit] : bit;
  const mx::array order_array = session_.upload(places);
  while (count > 0) {
    const std::uint64_t part = std::min(count, kSliceAmplitudes);
    Launch launch{kernels::KernelName::gather};
    launch.columns = element_groups(part);
    launch.threads = kElementThreads;
    launch.inputs = {amplitudes_, order_array, token_};
    launch.outputs = {{session_.at_least(part), mx::complex64}};
    launch.scalars = {stored_bits_, row, first, static_cast<std::uint32_t>(part)};
    mx::array slice = session_.backend().launch(launch).front();
    session_.backend().read(slice, amplitudes, 2 * part);
    first += part;
    count -= part;
    amplitudes += 2 * part;
  }
}

void State::copy_from(State& other) {
  if (other.basis_.has_value()) {
    basis_ = other.basis_;
    return;
  }
  change(kernels::KernelName::copy, stored_size() * batch_,
         {other.amplitudes_, token_, other.token_}, {batch_});
  basis_.reset();
}

void State::collapse(std::uint32_t row, std::uint32_t bit, std::uint32_t outcome, float scale) {
  materialise();
  change(kernels::KernelName::collapse, stored_size(), {token_},
         {batch_, row, bit, outcome, scale});
}

}  // namespace qmlx::on_mlx
