#include "core/sampler.h"

#include <algorithm>

#include "core/atomic_flag.h"
#include "core/philox.h"

namespace qmlx {

namespace {

constexpr unsigned kBlockBits = 10;
constexpr std::uint64_t kReadAtOnce = std::uint64_t{1} << 18;  // amplitudes

}  // namespace

Status Sampler::run(std::uint64_t first_shot, std::span<std::uint32_t> shots, const Leaf& leaf) {
  if (shots.empty()) return {};
  if (pyramid_.empty()) {
    if (Status status = prepare(); !status.ok()) return status;
  }
  first_shot_ = first_shot;
  shots_ = shots;
  spare_.resize(shots.size());
  std::vector<Group> groups{{0, 0, static_cast<std::uint32_t>(shots.size())}}, next;
  for (unsigned level = 0; level < bits_ - block_bits_; ++level) {
    if (is_set(control_.cancel)) return failure(Code::cancelled, "Cancelled.");
    next.clear();
    const std::vector<double>& sums = pyramid_[level + 1];
    for (const Group& group : groups)
      split(group, level, sums[2 * group.node], sums[2 * group.node + 1], next);
    groups.swap(next);
  }
  return descend_blocks(groups, leaf);
}

Status Sampler::prepare() {
  bits_ = state_.qubits();
  block_bits_ = std::min(bits_, kBlockBits);
  const unsigned levels = bits_ - block_bits_;
  pyramid_.resize(levels + 1);
  pyramid_[levels].resize(std::size_t{1} << levels);
  qmlx_reduction reduction{};
  reduction.kind = QMLX_BLOCK_SUMS;
  const Simulator& simulator = *state_.simulator();
  if (const int code =
          simulator.table().reduce(state_.handle_, &reduction, pyramid_[levels].data());
      code != QMLX_OK)
    return simulator.engine_status(code);
  for (unsigned level = levels; level-- > 0;) {
    const std::vector<double>& below = pyramid_[level + 1];
    std::vector<double>& sums = pyramid_[level];
    sums.resize(std::size_t{1} << level);
    for (std::size_t node = 0; node < sums.size(); ++node)
      sums[node] = below[2 * node] + below[2 * node + 1];
  }
  block_.resize(std::size_t{2} << block_bits_);
  return {};
}

// Parts a group by its shots' draws, keeping their order. Where both sums are 0 nothing can arrive
// but by rounding; 0 is taken then.
void Sampler::split(const Group& group, unsigned level, double zero, double one,
                    std::vector<Group>& into) {
  const double share = zero + one > 0 ? zero / (zero + one) : 1;
  std::uint32_t zeros = group.first, ones = 0;
  for (std::uint32_t k = group.first; k < group.last; ++k) {
    const std::uint32_t shot = shots_[k];
    if (ShotDraws(seed_, first_shot_ + shot).one(first_draw_ + level, share)) {
      spare_[ones++] = shot;
    } else {
      shots_[zeros++] = shot;
    }
  }
  std::copy_n(spare_.begin(), ones, shots_.begin() + zeros);
  if (zeros > group.first) into.push_back({2 * group.node, group.first, zeros});
  if (zeros < group.last) into.push_back({2 * group.node + 1, zeros, group.last});
}

// Reads the touched blocks, neighbours together, and takes each group through its block.
Status Sampler::descend_blocks(const std::vector<Group>& groups, const Leaf& leaf) {
  const Simulator& simulator = *state_.simulator();
  const std::uint64_t at_once = kReadAtOnce >> block_bits_;
  for (std::size_t first = 0; first < groups.size();) {
    if (is_set(control_.cancel)) return failure(Code::cancelled, "Cancelled.");
    std::size_t last = first + 1;
    while (last < groups.size() && groups[last].node <= groups[last - 1].node + 2 &&
           groups[last].node - groups[first].node < at_once)
      ++last;
    const std::uint64_t first_block = groups[first].node,
                        blocks = groups[last - 1].node - first_block + 1;
    amplitudes_.resize(2 * (blocks << block_bits_));
    const int code = simulator.table().read(state_.handle_, 0, nullptr, first_block << block_bits_,
                                            blocks << block_bits_, amplitudes_.data());
    if (code != QMLX_OK) return simulator.engine_status(code);
    for (; first < last; ++first)
      descend_block(groups[first],
                    amplitudes_.data() + 2 * ((groups[first].node - first_block) << block_bits_),
                    leaf);
  }
  return {};
}

void Sampler::descend_block(const Group& group, const float* amplitudes, const Leaf& leaf) {
  const std::size_t size = std::size_t{1} << block_bits_;
  for (std::size_t k = 0; k < size; ++k) {
    const double re = amplitudes[2 * k], im = amplitudes[2 * k + 1];
    block_[size + k] = re * re + im * im;
  }
  for (std::size_t node = size; node-- > 1;) block_[node] = block_[2 * node] + block_[2 * node + 1];
  groups_.assign(1, {1, group.first, group.last});
  for (unsigned level = bits_ - block_bits_; level < bits_; ++level) {
    next_.clear();
    for (const Group& part : groups_)
      split(part, level, block_[2 * part.node], block_[2 * part.node + 1], next_);
    groups_.swap(next_);
  }
  for (const Group& part : groups_)
    leaf((group.node << block_bits_) | (part.node - size),
         shots_.subspan(part.first, part.last - part.first));
}

}  // namespace qmlx
