#include "core/fuse.h"

#include <algorithm>
#include <bit>

#include "core/selection.h"

namespace qmlx {

namespace {

// Costs as measured, in units of a rotation. A term shares its stage with those of the whole tile.
// A Pauli rotation makes its bits meet in one phase, as a matrix does, and often a diagonal stage
// wait for it.
constexpr double kDenseCost = 7.5;

double cost(const IrOperation& operation) {
  switch (operation.kind) {
    case IrKind::flip:
      return 0.5;
    case IrKind::term:
      return 0.3;
    case IrKind::pauli:
      return 3;
    default:
      return 1;
  }
}

class Fusion {
 public:
  Fusion(Ir& ir, const Geometry& geometry)
      : ir_(ir), geometry_(geometry), block_of_(ir.bits, kNone), gone_(ir.operations.size()) {}

  void run() {
    for (std::uint32_t index = 0; index < ir_.operations.size(); ++index) add(index);
    for (Block& block : blocks_) fuse(block);
    std::size_t kept = 0;
    for (std::size_t index = 0; index < gone_.size(); ++index) {
      if (gone_[index]) continue;
      if (kept != index) ir_.operations[kept] = std::move(ir_.operations[index]);
      ++kept;
    }
    ir_.operations.resize(kept);
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  // Operations on one bit, or on the same two, that no operation on these and others has come
  // between.
  struct Block {
    std::uint64_t bits = 0;
    std::vector<std::uint32_t> operations;
  };

  std::uint32_t& block_of(std::uint64_t bit) {
    return block_of_[static_cast<std::size_t>(std::countr_zero(bit))];
  }

  void add(std::uint32_t index) {
    const std::uint64_t bits = ir_.operations[index].axes.all();
    const int count = std::popcount(bits);
    if (count == 0) return;
    const std::uint32_t own = block_of(lowest(bits));
    if (count <= 2 && own != kNone && (bits & ~blocks_[own].bits) == 0) {
      blocks_[own].operations.push_back(index);
      return;
    }
    // What has come before on one of two bits alone joins their block; other blocks end.
    Block block{bits, {}};
    for (std::uint64_t rest = bits; rest != 0; rest &= rest - 1) {
      const std::uint32_t before = block_of(lowest(rest));
      if (before == kNone) continue;
      end(before);
      if (count > 2 || !std::has_single_bit(blocks_[before].bits)) continue;
      std::vector<std::uint32_t>& alone = blocks_[before].operations;
      block.operations.insert(block.operations.end(), alone.begin(), alone.end());
      alone.clear();
    }
    if (count > 2) return;
    block.operations.push_back(index);
    for (std::uint64_t rest = bits; rest != 0; rest &= rest - 1)
      block_of(lowest(rest)) = static_cast<std::uint32_t>(blocks_.size());
    blocks_.push_back(std::move(block));
  }

  // Every bit of an open block belongs to it alone.
  void end(std::uint32_t block) {
    for (std::uint64_t rest = blocks_[block].bits; rest != 0; rest &= rest - 1)
      block_of(lowest(rest)) = kNone;
  }

  // The matrix stands where the block's last operation stood: nothing on its bits lies between.
  void fuse(Block& block) {
    double sum = 0;
    for (const std::uint32_t index : block.operations) sum += cost(ir_.operations[index]);
    if (std::popcount(block.bits) != 2 || sum <= kDenseCost || !fits_phase(block.bits, geometry_))
      return;
    PairMatrix matrix;
    for (const std::uint32_t index : block.operations) {
      matrix.steps.push_back(step(ir_.operations[index], block.bits));
      gone_[index] = true;
    }
    const std::uint32_t last = block.operations.back();
    gone_[last] = false;
    IrOperation dense;
    dense.kind = IrKind::dense;
    dense.axes = {block.bits, block.bits, block.bits};
    dense.matrix = static_cast<std::uint32_t>(ir_.matrices.size());
    ir_.operations[last] = std::move(dense);
    ir_.matrices.push_back(std::move(matrix));
  }

  static PairMatrix::Step step(const IrOperation& operation, std::uint64_t bits) {
    const std::uint64_t low = lowest(bits);
    const auto within = [&](std::uint64_t mask) {
      return static_cast<std::uint8_t>(((mask & low) != 0 ? 1 : 0) |
                                       ((mask & bits & ~low) != 0 ? 2 : 0));
    };
    PairMatrix::Step result;
    result.kind = operation.kind == IrKind::term         ? PairMatrix::Kind::phase
                  : operation.kind == IrKind::pauli      ? PairMatrix::Kind::pauli
                  : operation.kind == IrKind::flip       ? PairMatrix::Kind::flip
                  : operation.kind == IrKind::reflection ? PairMatrix::Kind::reflection
                                                         : PairMatrix::Kind::rotation;
    result.moved = within(operation.axes.moved());
    result.control_mask = within(operation.control_mask);
    result.control_value = within(operation.control_value);
    result.z = within(operation.z_mask);
    result.quarter = static_cast<std::uint8_t>((std::popcount(operation.axes.y) + 3) % 4);
    result.angle = operation.angle;
    return result;
  }

  Ir& ir_;
  const Geometry& geometry_;
  std::vector<std::uint32_t> block_of_;  // by bit
  std::vector<Block> blocks_;
  std::vector<bool> gone_;
};

}  // namespace

void fuse_pairs(Ir& ir, const Geometry& geometry) {
  if (geometry.fuses != 0) Fusion(ir, geometry).run();
}

}  // namespace qmlx
