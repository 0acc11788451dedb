#include "core/sampler.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <thread>

#include "core/atomic_flag.h"
#include "core/descent.h"
#include "core/side_by_side.h"

namespace qmlx {

namespace {

constexpr unsigned kTogether = Descent::kTogether;
constexpr unsigned kBlockBits = 10;
constexpr unsigned kLeafBits = 4;     // amplitudes whose sum is the last one above them
constexpr unsigned kBucketBits = 11;  // at most, of the index: sorts by them first
constexpr std::size_t kLeaves = std::size_t{1} << (kBlockBits - kLeafBits);
constexpr std::size_t kInLeaf = std::size_t{1} << kLeafBits;
constexpr std::size_t kAhead = 64;  // shots whose leaves are on their way from memory
constexpr std::uint64_t kReadAtOnce = std::uint64_t{1} << 18;  // amplitudes
constexpr std::size_t kParallelShots = std::size_t{1} << 13;   // worth several threads

constexpr std::size_t kKept = std::size_t{1} << 20;  // numbers worth keeping memory for

template <typename Scalar>
double square(const Scalar* amplitude) {
  return static_cast<double>(amplitude[0]) * amplitude[0] +
         static_cast<double>(amplitude[1]) * amplitude[1];
}

template <typename Scalar>
double sum_of_squares(const Scalar* amplitudes, std::size_t count) {
  if (count < 4) {
    double sum = 0;
    for (std::size_t k = 0; k < count; ++k) sum += square(amplitudes + 2 * k);
    return sum;
  }
  double sums[8] = {};
  for (std::size_t k = 0; k < 2 * count; k += 8) {
    for (std::size_t part = 0; part < 8; ++part)
      sums[part] += static_cast<double>(amplitudes[k + part]) * amplitudes[k + part];
  }
  return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

// Sums of the upper nodes, level by level: a bound known to the compiler gives straight code.
template <std::size_t Leaves>
void add_levels(double* tree) {
  for (std::size_t nodes = Leaves / 2; nodes > 0; nodes /= 2) {
    for (std::size_t node = nodes; node < 2 * nodes; ++node)
      tree[node] = tree[2 * node] + tree[2 * node + 1];
  }
}

inline void add_up(double* tree, std::size_t leaves) {
  if (leaves == kLeaves) return add_levels<kLeaves>(tree);
  if (leaves == kInLeaf) return add_levels<kInLeaf>(tree);
  for (std::size_t node = leaves; node-- > 1;) tree[node] = tree[2 * node] + tree[2 * node + 1];
}

// A tree over the amplitudes of a leaf.
template <typename Scalar>
void fill_leaf_tree(const Scalar* amplitudes, std::size_t count, double* tree) {
  for (std::size_t k = 0; k < count; ++k) tree[count + k] = square(amplitudes + 2 * k);
  add_up(tree, count);
}

}  // namespace

// Amplitudes that lie in memory from a block on, and sums of their leaves if there are.
template <typename Scalar>
struct Sampler::Blocks {
  std::uint64_t first;
  const Scalar* amplitudes;
  const double* leaf_sums;

  const Scalar* block(std::uint64_t number) const {
    return amplitudes + 2 * ((number - first) << kBlockBits);
  }
};

// Trees over the leaves of blocks: those that shots side by side are in.
template <typename Scalar>
class Sampler::BlockTrees {
 public:
  BlockTrees(const Blocks<Scalar>& blocks, unsigned block_bits, unsigned leaf_bits)
      : blocks_(blocks),
        leaves_(std::size_t{1} << (block_bits - leaf_bits)),
        in_leaf_(std::size_t{1} << leaf_bits) {}

  // Valid until kTogether other blocks have been asked for.
  const double* tree(std::uint64_t block) {
    if (block == newest_) return trees_[slot_].data();
    newest_ = block;
    slot_ = (slot_ + 1) % kTogether;
    double* const tree = trees_[slot_].data();
    if (blocks_.leaf_sums != nullptr) {
      std::copy_n(blocks_.leaf_sums + (block - blocks_.first) * leaves_, leaves_, tree + leaves_);
    } else {
      const Scalar* const amplitudes = blocks_.block(block);
      for (std::size_t k = 0; k < leaves_; ++k)
        tree[leaves_ + k] = sum_of_squares(amplitudes + 2 * k * in_leaf_, in_leaf_);
    }
    add_up(tree, leaves_);
    return tree;
  }

 private:
  const Blocks<Scalar>& blocks_;
  std::size_t leaves_, in_leaf_;
  std::uint64_t newest_ = UINT64_MAX;
  unsigned slot_ = 0;
  std::array<std::array<double, 2 * kLeaves>, kTogether> trees_;
};

Sampler::Sampler(const State& state, std::uint64_t seed, std::uint32_t first_draw,
                 const RunControl& control)
    : state_(state),
      seed_(seed),
      first_draw_(first_draw),
      control_(control),
      memory_(state.simulator()->sampler_memory()) {}

Sampler::~Sampler() {
  if (memory_.leaf_sums.size() > kKept || memory_.placed.size() > kKept) memory_ = {};
}

Status Sampler::run(std::uint64_t first_shot, std::span<const std::uint32_t> shots) {
  first_shot_ = first_shot;
  memory_.placed.resize(shots.size());
  for (std::size_t k = 0; k < shots.size(); ++k) memory_.placed[k] = {0, shots[k]};
  return place();
}

Status Sampler::run(std::uint64_t first_shot, std::uint32_t count) {
  first_shot_ = first_shot;
  memory_.placed.resize(count);
  for (std::uint32_t k = 0; k < count; ++k) memory_.placed[k] = {0, k};
  return place();
}

Status Sampler::place() {
  if (memory_.placed.empty()) return {};
  if (!prepared_) {
    if (Status status = prepare(); !status.ok()) return status;
  }
  if (Status status = choose_threads(memory_.placed.size()); !status.ok()) return status;
  memory_.spare.resize(memory_.placed.size());
  const std::size_t buckets = std::size_t{1} << bucket_bits_;
  std::vector<std::uint32_t>& places = memory_.places;
  places.assign(buckets * threads_, 0);
  side_by_side(
      threads_, memory_.placed.size(), [&](unsigned worker, std::size_t first, std::size_t last) {
        const std::span<PlacedShot> shots(memory_.placed.data() + first, last - first);
        descend_pyramid(shots);
        for (const PlacedShot& shot : shots)
          ++places[worker * buckets + (shot.place() >> (bits_ - block_bits_ - bucket_bits_))];
      });
  order_by_block();
  Status status =
      with_scalars(memory_.amplitudes, [this]<typename Scalar>(std::vector<Scalar>& amplitudes) {
        return view_ != nullptr ? descend_blocks(static_cast<const Scalar*>(view_))
                                : descend_read_blocks(amplitudes);
      });
  if (!status.ok()) return status;
  sort_buckets(bits_ - bucket_bits_);
  return {};
}

Status Sampler::prepare() {
  const Simulator& simulator = *state_.simulator();
  bits_ = state_.qubits();
  block_bits_ = std::min(bits_, kBlockBits);
  leaf_bits_ = std::min(block_bits_, kLeafBits);
  bucket_bits_ = std::min(bits_ - block_bits_, kBucketBits);
  const std::size_t blocks = std::size_t{1} << (bits_ - block_bits_);
  const std::size_t leaves = std::size_t{1} << (block_bits_ - leaf_bits_);
  memory_.pyramid.resize(2 * blocks);
  view_ = simulator.table().view(state_.handle_, 0);
  if (memory_.amplitudes.index() != simulator.precision())
    memory_.amplitudes = scalar_vector(simulator.precision(), 0);
  qmlx_reduction reduction{};
  reduction.kind = QMLX_BLOCK_SUMS;
  reduction.bit_count = view_ != nullptr ? leaf_bits_ : block_bits_;
  if (view_ != nullptr) memory_.leaf_sums.resize(blocks * leaves);
  double* const sums =
      view_ != nullptr ? memory_.leaf_sums.data() : memory_.pyramid.data() + blocks;
  if (const int code = simulator.table().reduce(state_.handle_, &reduction, sums); code != QMLX_OK)
    return simulator.engine_status(code);
  if (view_ != nullptr) {
    double tree[2 * kLeaves];
    for (std::size_t block = 0; block < blocks; ++block) {
      std::copy_n(memory_.leaf_sums.data() + block * leaves, leaves, tree + leaves);
      add_up(tree, leaves);
      memory_.pyramid[blocks + block] = tree[1];
    }
  }
  add_up(memory_.pyramid.data(), blocks);
  prepared_ = true;
  return {};
}

Status Sampler::choose_threads(std::size_t shots) {
  if (shots < kParallelShots || threads_ > 1) return {};
  const unsigned most = std::max(1U, std::thread::hardware_concurrency());
  // The threads of a GPU say nothing of those that its host has to spare.
  constexpr unsigned kBesideGpu = 8;
  qmlx_description description{};
  if (Status status = state_.simulator()->describe(description); !status.ok()) return status;
  threads_ =
      view_ != nullptr ? std::clamp(description.threads, 1U, most) : std::min(kBesideGpu, most);
  return {};
}

void Sampler::descend_pyramid(std::span<PlacedShot> shots) const {
  const unsigned levels = bits_ - block_bits_;
  if (levels == 0) return;
  Descent descent(seed_);
  descent.trees.fill(memory_.pyramid.data());
  for (std::size_t first = 0; first < shots.size(); first += kTogether) {
    const std::size_t count = std::min<std::size_t>(kTogether, shots.size() - first);
    for (std::size_t k = 0; k < kTogether; ++k)
      descent.shots[k] = first_shot_ + shots[first + std::min(k, count - 1)].shot();
    descent.nodes.fill(1);
    descent.count = static_cast<unsigned>(count);
    descent.descend(first_draw_, first_draw_ + levels);
    for (std::size_t k = 0; k < count; ++k) {
      PlacedShot& shot = shots[first + k];
      shot = {descent.nodes[k] - (std::uint64_t{1} << levels), shot.shot()};
    }
  }
}

// Places are blocks. Memory has how many shots of each bucket each thread has seen.
void Sampler::order_by_block() {
  std::vector<std::uint32_t>& places = memory_.places;
  if (bucket_bits_ == 0) {
    memory_.bucket_ends.assign(1, static_cast<std::uint32_t>(memory_.placed.size()));
    return;
  }
  const std::size_t buckets = std::size_t{1} << bucket_bits_;
  const unsigned rest = bits_ - block_bits_ - bucket_bits_;
  memory_.bucket_ends.resize(buckets);
  std::uint32_t sum = 0;
  for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
    for (unsigned worker = 0; worker < threads_; ++worker) {
      std::uint32_t& place = places[worker * buckets + bucket];
      const std::uint32_t count = place;
      place = sum;
      sum += count;
    }
    memory_.bucket_ends[bucket] = sum;
  }
  side_by_side(threads_, memory_.placed.size(),
               [&](unsigned worker, std::size_t first, std::size_t last) {
                 std::uint32_t* const own = places.data() + worker * buckets;
                 for (std::size_t k = first; k < last; ++k)
                   memory_.spare[own[memory_.placed[k].place() >> rest]++] = memory_.placed[k];
               });
  memory_.placed.swap(memory_.spare);
  if (rest > 0) sort_buckets(rest);
}

// Sorts the shots of each bucket by the lowest bits of their places.
void Sampler::sort_buckets(unsigned bits) {
  side_by_side(threads_, memory_.placed.size(), [&](unsigned, std::size_t first, std::size_t last) {
    // Those that begin in this part.
    const auto ends = memory_.bucket_ends.begin();
    std::size_t bucket =
        first == 0 ? 0
                   : static_cast<std::size_t>(
                         std::lower_bound(ends, memory_.bucket_ends.end(), first) - ends) +
                         1;
    for (; bucket < memory_.bucket_ends.size(); ++bucket) {
      const std::size_t begin = bucket == 0 ? 0 : memory_.bucket_ends[bucket - 1];
      if (begin >= last) return;
      const std::size_t count = memory_.bucket_ends[bucket] - begin;
      sort_by_place({memory_.placed.data() + begin, count}, {memory_.spare.data() + begin, count},
                    bits);
    }
  });
}

template <typename Scalar>
Status Sampler::descend_blocks(const Scalar* amplitudes) {
  const Blocks<Scalar> blocks{0, amplitudes, memory_.leaf_sums.data()};
  side_by_side(threads_, memory_.placed.size(), [&](unsigned, std::size_t first, std::size_t last) {
    descend_few_blocks({memory_.placed.data() + first, last - first}, blocks);
  });
  return {};
}

// Reads the touched blocks, neighbours together, and takes their shots through them.
template <typename Scalar>
Status Sampler::descend_read_blocks(std::vector<Scalar>& amplitudes) {
  const Simulator& simulator = *state_.simulator();
  const std::uint64_t at_once = kReadAtOnce >> block_bits_;
  std::uint64_t block = memory_.placed.front().place();
  for (std::size_t first = 0; first < memory_.placed.size();) {
    if (is_set(control_.cancel)) return failure(Code::cancelled, "Cancelled.");
    const std::uint64_t first_block = memory_.placed[first].place();
    std::size_t last = first;
    for (block = first_block; last < memory_.placed.size(); ++last) {
      const std::uint64_t next = memory_.placed[last].place();
      if (next > block + 2 || next - first_block >= at_once) break;
      block = next;
    }
    const std::uint64_t count = block - first_block + 1;
    amplitudes.resize(2 * (count << block_bits_));
    const int code = simulator.table().read(state_.handle_, 0, nullptr, first_block << block_bits_,
                                            count << block_bits_, amplitudes.data());
    if (code != QMLX_OK) return simulator.engine_status(code);
    const Blocks<Scalar> blocks{first_block, amplitudes.data(), nullptr};
    const std::span<PlacedShot> shots(memory_.placed.data() + first, last - first);
    const unsigned threads = shots.size() < kParallelShots ? 1 : threads_;
    side_by_side(threads, shots.size(), [&](unsigned, std::size_t begin, std::size_t end) {
      descend_few_blocks(shots.subspan(begin, end - begin), blocks);
    });
    first = last;
  }
  return {};
}

// Down a tree of sums to the few amplitudes of a leaf, then down a tree of these. Places become
// indices.
template <typename Scalar>
void Sampler::descend_few_blocks(std::span<PlacedShot> shots, const Blocks<Scalar>& blocks) const {
  const std::uint32_t in_block = first_draw_ + bits_ - block_bits_;
  const std::uint32_t in_leaf = first_draw_ + bits_ - leaf_bits_;
  const std::uint64_t leaves = std::uint64_t{1} << (block_bits_ - leaf_bits_);
  const std::size_t leaf_size = std::size_t{1} << leaf_bits_;
  BlockTrees<Scalar> trees(blocks, block_bits_, leaf_bits_);
  Descent descent(seed_);
  double small[kTogether][2 * kInLeaf];
  const auto each_few = [&](std::span<PlacedShot> ahead, const auto& prepare, const auto& place) {
    for (std::size_t first = 0; first < ahead.size(); first += kTogether) {
      const std::size_t count = std::min<std::size_t>(kTogether, ahead.size() - first);
      for (std::size_t k = 0; k < kTogether; ++k) {
        const PlacedShot& shot = ahead[first + std::min(k, count - 1)];
        descent.shots[k] = first_shot_ + shot.shot();
        prepare(k, shot.place());
      }
      descent.nodes.fill(1);
      descent.count = static_cast<unsigned>(count);
      place(ahead.subspan(first, count));
    }
  };
  for (std::size_t begin = 0; begin < shots.size(); begin += kAhead) {
    const std::span<PlacedShot> ahead =
        shots.subspan(begin, std::min(kAhead, shots.size() - begin));
    each_few(
        ahead, [&](std::size_t k, std::uint64_t block) { descent.trees[k] = trees.tree(block); },
        [&](std::span<PlacedShot> few) {
          descent.descend(in_block, in_leaf);
          for (std::size_t k = 0; k < few.size(); ++k) {
            const std::uint64_t leaf = descent.nodes[k] - leaves;
            const Scalar* const amplitudes = blocks.block(few[k].place()) + 2 * leaf * leaf_size;
            __builtin_prefetch(amplitudes);
            __builtin_prefetch(amplitudes + kInLeaf);
            few[k] = {few[k].place() * leaves + leaf, few[k].shot()};
          }
        });
    each_few(
        ahead,
        [&](std::size_t k, std::uint64_t leaf) {
          const Scalar* const amplitudes =
              blocks.amplitudes + 2 * (leaf * leaf_size - (blocks.first << block_bits_));
          fill_leaf_tree(amplitudes, leaf_size, small[k]);
          descent.trees[k] = small[k];
        },
        [&](std::span<PlacedShot> few) {
          descent.descend(in_leaf, first_draw_ + bits_);
          for (std::size_t k = 0; k < few.size(); ++k)
            few[k] = {few[k].place() * leaf_size + (descent.nodes[k] - leaf_size), few[k].shot()};
        });
  }
}

}  // namespace qmlx
