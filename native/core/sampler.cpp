#include "core/sampler.h"

#include <algorithm>
#include <array>

#include "core/atomic_flag.h"
#include "core/philox.h"
#include "core/side_by_side.h"

namespace qmlx {

namespace {

constexpr unsigned kTogether = Sampler::kTogether;
constexpr unsigned kBlockBits = 10;
constexpr unsigned kLeafBits = 3;                              // of a tree of sums in a block
constexpr std::uint64_t kReadAtOnce = std::uint64_t{1} << 18;  // amplitudes
constexpr std::size_t kParallelShots = std::size_t{1} << 13;   // worth several threads

// Draws up to here decide for 0. Where both sums are 0 nothing can arrive but by rounding; 0 is
// taken then.
double share(double zero, double one) {
  return zero + one > 0 ? zero / (zero + one) * 0x1p32 : 0x1p32;
}

template <typename Scalar>
double square(const Scalar* amplitude) {
  return static_cast<double>(amplitude[0]) * amplitude[0] +
         static_cast<double>(amplitude[1]) * amplitude[1];
}

// Sums of the upper nodes of a tree whose `leaves` last ones are filled.
void add_up(double* tree, std::size_t leaves) {
  for (std::size_t node = leaves; node-- > 1;) tree[node] = tree[2 * node] + tree[2 * node + 1];
}

template <typename Scalar>
double sum_of_squares(const Scalar* amplitudes, std::size_t count) {
  if (count < 8) {
    double sum = 0;
    for (std::size_t k = 0; k < count; ++k) sum += square(amplitudes + 2 * k);
    return sum;
  }
  double sums[4] = {};
  for (std::size_t k = 0; k < 2 * count; k += 4) {
    for (std::size_t part = 0; part < 4; ++part)
      sums[part] += static_cast<double>(amplitudes[k + part]) * amplitudes[k + part];
  }
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

std::size_t end_of_node(std::span<const PlacedShot> shots, std::size_t at) {
  const std::uint64_t node = shots[at].node;
  while (at < shots.size() && shots[at].node == node) ++at;
  return at;
}

// Calls body(pointers) for the shots, kTogether at a time. Copies of one of them fill up the last
// call.
template <typename Body>
void each_few(std::span<PlacedShot> shots, const Body& body) {
  PlacedShot copies[kTogether];
  std::array<PlacedShot*, kTogether> few;
  for (std::size_t first = 0; first < shots.size(); first += kTogether) {
    for (unsigned k = 0; k < kTogether; ++k) {
      copies[k] = shots[first];
      few[k] = first + k < shots.size() ? &shots[first + k] : &copies[k];
    }
    body(few);
  }
}

}  // namespace

Status Sampler::run(std::uint64_t first_shot, std::span<std::uint32_t> shots, const Leaf& leaf) {
  if (shots.empty()) return {};
  if (pyramid_.empty()) {
    if (Status status = prepare(); !status.ok()) return status;
  }
  if (Status status = choose_threads(shots.size()); !status.ok()) return status;
  first_shot_ = first_shot;
  placed_.resize(shots.size());
  spare_.resize(shots.size());
  side_by_side(threads_, shots.size(), [&](unsigned, std::size_t first, std::size_t last) {
    for (std::size_t k = first; k < last; ++k) placed_[k] = {1, shots[k]};
    descend_pyramid({placed_.data() + first, last - first});
  });
  sort_by_node(placed_, spare_, bits_ - block_bits_);
  Status status =
      std::visit([this](auto& amplitudes) { return descend_blocks(amplitudes); }, amplitudes_);
  if (!status.ok()) return status;
  hand_over(shots, leaf);
  return {};
}

// Shots are in the order of their blocks.
void Sampler::hand_over(std::span<std::uint32_t> shots, const Leaf& leaf) {
  for (std::size_t first = 0, last; first < placed_.size(); first = last) {
    const std::uint64_t block = placed_[first].node >> block_bits_;
    last = first + 1;
    while (last < placed_.size() && placed_[last].node >> block_bits_ == block) ++last;
    sort_by_node(std::span(placed_).subspan(first, last - first), spare_, block_bits_);
  }
  for (std::size_t k = 0; k < shots.size(); ++k) shots[k] = placed_[k].shot;
  for (std::size_t first = 0, last; first < placed_.size(); first = last) {
    last = end_of_node(placed_, first);
    leaf(placed_[first].node, shots.subspan(first, last - first));
  }
}

Status Sampler::prepare() {
  bits_ = state_.qubits();
  block_bits_ = std::min(bits_, kBlockBits);
  leaf_bits_ = std::min(block_bits_, kLeafBits);
  const std::size_t blocks = std::size_t{1} << (bits_ - block_bits_);
  pyramid_.resize(2 * blocks);
  trees_.assign(1, std::vector<double>(std::size_t{2} << block_bits_));
  const Simulator& simulator = *state_.simulator();
  amplitudes_ = scalar_vector(simulator.precision(), 0);
  if (blocks == 1) return {};
  qmlx_reduction reduction{};
  reduction.kind = QMLX_BLOCK_SUMS;
  if (const int code =
          simulator.table().reduce(state_.handle_, &reduction, pyramid_.data() + blocks);
      code != QMLX_OK)
    return simulator.engine_status(code);
  add_up(pyramid_.data(), blocks);
  for (std::size_t node = 1; node < blocks; ++node)
    pyramid_[node] = share(pyramid_[2 * node], pyramid_[2 * node + 1]);
  return {};
}

Status Sampler::choose_threads(std::size_t shots) {
  if (shots < kParallelShots || threads_ > 1) return {};
  qmlx_description description{};
  if (Status status = state_.simulator()->describe(description); !status.ok()) return status;
  threads_ = std::clamp(description.threads, 1U, std::max(1U, std::thread::hardware_concurrency()));
  trees_.resize(threads_, trees_.front());
  return {};
}

// Takes shots through the levels [level, end) of a tree; boundary(k, node) is the share of the 0
// below a node.
template <typename Boundary>
void Sampler::descend(const Few& shots, unsigned level, unsigned end,
                      const Boundary& boundary) const {
  std::uint64_t node[kTogether];
  for (unsigned k = 0; k < kTogether; ++k) node[k] = shots[k]->node;
  PhiloxBlocks<kTogether> words;
  for (bool first = true; level < end; ++level, first = false) {
    const std::uint32_t draw = first_draw_ + level;
    if (first || draw % 4 == 0) {
      for (unsigned k = 0; k < kTogether; ++k) {
        const std::uint64_t shot = first_shot_ + shots[k]->shot;
        words[0][k] = static_cast<std::uint32_t>(shot);
        words[1][k] = static_cast<std::uint32_t>(shot >> 32);
        words[2][k] = draw / 4;
        words[3][k] = 0;
      }
      philox<kTogether>(seed_, words);
    }
    for (unsigned k = 0; k < kTogether; ++k) {
      const double scaled = boundary(k, node[k]);
      const auto whole = static_cast<std::int64_t>(scaled);
      const std::int64_t word = words[draw % 4][k];
      bool one = word > whole;
      if (word == whole) [[unlikely]] {
        one = ShotDraws(seed_, first_shot_ + shots[k]->shot)
                  .tie(draw, scaled - static_cast<double>(whole));
      }
      node[k] = 2 * node[k] + (one ? 1 : 0);
    }
  }
  for (unsigned k = 0; k < kTogether; ++k) shots[k]->node = node[k];
}

void Sampler::descend_pyramid(std::span<PlacedShot> shots) const {
  each_few(shots, [&](const Few& few) {
    descend(few, 0, bits_ - block_bits_,
            [this](unsigned, std::uint64_t node) { return pyramid_[node]; });
  });
}

// Reads the touched blocks, neighbours together, and takes each block's shots through it.
template <typename Scalar>
Status Sampler::descend_blocks(std::vector<Scalar>& amplitudes) {
  const Simulator& simulator = *state_.simulator();
  const std::uint64_t blocks = std::uint64_t{1} << (bits_ - block_bits_);
  const std::uint64_t at_once = kReadAtOnce >> block_bits_;
  for (std::size_t first = 0; first < placed_.size();) {
    if (is_set(control_.cancel)) return failure(Code::cancelled, "Cancelled.");
    const std::uint64_t first_block = placed_[first].node;
    std::size_t last = first + 1;
    while (last < placed_.size() && placed_[last].node <= placed_[last - 1].node + 2 &&
           placed_[last].node - first_block < at_once)
      ++last;
    const std::uint64_t count = placed_[last - 1].node - first_block + 1;
    amplitudes.resize(2 * (count << block_bits_));
    const int code =
        simulator.table().read(state_.handle_, 0, nullptr, (first_block - blocks) << block_bits_,
                               count << block_bits_, amplitudes.data());
    if (code != QMLX_OK) return simulator.engine_status(code);
    const std::span<PlacedShot> shots(placed_.data() + first, last - first);
    const unsigned threads = shots.size() < kParallelShots ? 1 : threads_;
    side_by_side(threads, shots.size(), [&](unsigned worker, std::size_t begin, std::size_t end) {
      for (std::size_t at = begin, next; at < end; at = next) {
        next = end_of_node(shots.first(end), at);
        const std::uint64_t block = shots[at].node - first_block;
        descend_block(shots.subspan(at, next - at), amplitudes.data() + 2 * (block << block_bits_),
                      trees_[worker]);
      }
    });
    first = last;
  }
  return {};
}

// Down a tree of sums to the few amplitudes of a leaf, then down a tree of these.
template <typename Scalar>
void Sampler::descend_block(std::span<PlacedShot> shots, const Scalar* amplitudes,
                            std::vector<double>& tree) const {
  const std::uint64_t block = shots.front().node - (std::uint64_t{1} << (bits_ - block_bits_));
  const std::size_t in_leaf = std::size_t{1} << leaf_bits_;
  const std::size_t leaves = std::size_t{1} << (block_bits_ - leaf_bits_);
  for (std::size_t k = 0; k < leaves; ++k)
    tree[leaves + k] = sum_of_squares(amplitudes + 2 * k * in_leaf, in_leaf);
  add_up(tree.data(), leaves);
  each_few(shots, [&](const Few& few) {
    for (PlacedShot* shot : few) shot->node = 1;
    descend(few, bits_ - block_bits_, bits_ - leaf_bits_, [&tree](unsigned, std::uint64_t node) {
      return share(tree[2 * node], tree[2 * node + 1]);
    });
    double small[kTogether][std::size_t{2} << kLeafBits];
    std::uint64_t leaf[kTogether];
    for (unsigned k = 0; k < kTogether; ++k) {
      leaf[k] = (few[k]->node - leaves) << leaf_bits_;
      for (std::size_t j = 0; j < in_leaf; ++j)
        small[k][in_leaf + j] = square(amplitudes + 2 * (leaf[k] + j));
      add_up(small[k], in_leaf);
      few[k]->node = 1;
    }
    descend(few, bits_ - leaf_bits_, bits_, [&small](unsigned k, std::uint64_t node) {
      return share(small[k][2 * node], small[k][2 * node + 1]);
    });
    for (unsigned k = 0; k < kTogether; ++k)
      few[k]->node = (block << block_bits_) + leaf[k] + (few[k]->node - in_leaf);
  });
}

}  // namespace qmlx
