#include "core/sampler.h"

#include <algorithm>
#include <map>

#include "core/atomic_flag.h"
#include "core/philox.h"

namespace qmlx {

namespace {

constexpr unsigned kBlockBits = 10;
constexpr std::uint32_t kChunk = 1U << 20;
constexpr std::uint64_t kReadAtOnce = std::uint64_t{1} << 18;  // amplitudes

double zero_share(double zero, double one) { return zero + one > 0 ? zero / (zero + one) : 1; }

}  // namespace

bool Sampler::cancelled() const { return is_set(control_.cancel); }

Status Sampler::run(Outcomes& outcomes) {
  outcomes = {};
  outcomes.bits = request_.bits;
  if (request_.shots == 0) return {};
  if (Status status = prepare(); !status.ok()) return status;
  for (std::uint64_t first = 0; first < request_.shots; first += kChunk) {
    if (Status status = chunk(first, static_cast<std::uint32_t>(
                                         std::min<std::uint64_t>(kChunk, request_.shots - first)));
        !status.ok())
      return status;
    if (control_.progress)
      control_.progress(std::min(first + kChunk, request_.shots), request_.shots);
  }
  collect(outcomes);
  return {};
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

Status Sampler::chunk(std::uint64_t first_shot, std::uint32_t count) {
  first_shot_ = first_shot;
  shots_.resize(count);
  spare_.resize(count);
  for (std::uint32_t shot = 0; shot < count; ++shot) shots_[shot] = shot;
  std::vector<Group> groups{{0, 0, count}}, next;
  for (unsigned level = 0; level < bits_ - block_bits_; ++level) {
    if (cancelled()) return failure(Code::cancelled, "Cancelled.");
    next.clear();
    const std::vector<double>& sums = pyramid_[level + 1];
    for (const Group& group : groups) {
      const std::uint32_t middle =
          split(group, level, zero_share(sums[2 * group.node], sums[2 * group.node + 1]));
      if (middle > group.first) next.push_back({2 * group.node, group.first, middle});
      if (middle < group.last) next.push_back({2 * group.node + 1, middle, group.last});
    }
    groups.swap(next);
  }
  return descend_blocks(groups);
}

// Moves the shots that draw 0 to the front of the group, keeping their order, and returns where the
// others begin.
std::uint32_t Sampler::split(const Group& group, std::uint32_t draw, double probability_of_zero) {
  std::uint32_t zeros = group.first, ones = 0;
  for (std::uint32_t k = group.first; k < group.last; ++k) {
    const std::uint32_t shot = shots_[k];
    const bool one = ShotDraws(request_.seed, first_shot_ + shot).one(draw, probability_of_zero);
    if (one) {
      spare_[ones++] = shot;
    } else {
      shots_[zeros++] = shot;
    }
  }
  std::copy_n(spare_.begin(), ones, shots_.begin() + zeros);
  return zeros;
}

// Reads the touched blocks, neighbours together, and takes each group through its block.
Status Sampler::descend_blocks(const std::vector<Group>& groups) {
  const Simulator& simulator = *state_.simulator();
  const std::uint64_t at_once = kReadAtOnce >> block_bits_;
  for (std::size_t first = 0; first < groups.size();) {
    if (cancelled()) return failure(Code::cancelled, "Cancelled.");
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
                    amplitudes_.data() + 2 * ((groups[first].node - first_block) << block_bits_));
  }
  return {};
}

void Sampler::descend_block(const Group& group, const float* amplitudes) {
  const std::size_t size = std::size_t{1} << block_bits_;
  for (std::size_t k = 0; k < size; ++k) {
    const double re = amplitudes[2 * k], im = amplitudes[2 * k + 1];
    block_[size + k] = re * re + im * im;
  }
  for (std::size_t node = size; node-- > 1;) block_[node] = block_[2 * node] + block_[2 * node + 1];
  const unsigned above = bits_ - block_bits_;
  std::vector<Group> groups{{1, group.first, group.last}}, next;
  for (unsigned level = 0; level < block_bits_; ++level) {
    next.clear();
    for (const Group& part : groups) {
      const std::uint32_t middle =
          split(part, above + level, zero_share(block_[2 * part.node], block_[2 * part.node + 1]));
      if (middle > part.first) next.push_back({2 * part.node, part.first, middle});
      if (middle < part.last) next.push_back({2 * part.node + 1, middle, part.last});
    }
    groups.swap(next);
  }
  for (const Group& part : groups)
    leaves_.push_back({(group.node << block_bits_) | (part.node - size), part.last - part.first});
}

// From physical indices to keys of classical bits: a measured bit takes its qubit's value, the
// others stay 0. Bits of one qubit are equal, so outcomes are told apart and ordered by one bit a
// qubit, the leftmost it was measured into.
void Sampler::collect(Outcomes& outcomes) {
  std::map<std::uint32_t, std::uint32_t> qubit_of_bit;
  for (const Measurement& measurement : request_.measurements)
    qubit_of_bit[measurement.bit] = measurement.qubit;
  std::vector<unsigned> rank(bits_, UINT32_MAX),
      from;  // qubit → place among the measured; place → physical bit
  for (const auto& [bit, qubit] : qubit_of_bit) {
    if (rank[qubit] != UINT32_MAX) continue;
    rank[qubit] = static_cast<unsigned>(from.size());
    from.push_back(state_.order_[bits_ - 1 - qubit]);
  }
  for (Leaf& leaf : leaves_) {
    std::uint64_t key = 0;
    for (const unsigned bit : from) key = key << 1 | (leaf.index >> bit & 1);
    leaf.index = key;
  }
  const auto ascending = [](const Leaf& a, const Leaf& b) { return a.index < b.index; };
  if (!std::is_sorted(leaves_.begin(), leaves_.end(), ascending))
    std::sort(leaves_.begin(), leaves_.end(), ascending);
  const std::size_t bytes = (request_.bits + 7) / 8;
  for (std::size_t k = 0; k < leaves_.size(); ++k) {
    if (k > 0 && leaves_[k].index == leaves_[k - 1].index) {
      outcomes.counts.back() += leaves_[k].count;
      continue;
    }
    outcomes.counts.push_back(leaves_[k].count);
    outcomes.keys.resize(outcomes.keys.size() + bytes, 0);
    std::uint8_t* key = outcomes.keys.data() + outcomes.keys.size() - bytes;
    for (const auto& [bit, qubit] : qubit_of_bit) {
      if ((leaves_[k].index >> (from.size() - 1 - rank[qubit]) & 1) == 0) continue;
      key[bit / 8] = static_cast<std::uint8_t>(key[bit / 8] | 0x80U >> (bit % 8));
    }
  }
}

}  // namespace qmlx
