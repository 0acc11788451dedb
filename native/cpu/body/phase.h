// A phase: groups of 2^R vectors are loaded, taken through all operations and stored.
#pragma once

#include "cpu/body/operations.h"

namespace qmlx::cpu::QMLX_ISA {

// Where the vectors of a tile lie: vector `position` at base + deposit(position, mask) vectors.
template <typename Scalar>
struct Side {
  Scalar* base;
  std::uint64_t mask;
};

// From where to where a stage takes the tile, and what else it does on the way.
template <typename Scalar>
struct Route {
  Side<Scalar> from, to;
  bool prefetch;  // `from` is memory that no stage has touched
  typename Simd<Scalar>::Sums* squares;  // gets the squares of what is stored; may be null
};

// Operations of a phase that act in this tile, in `spare` if they are not all.
template <typename Scalar>
std::uint32_t operations_in_tile(const PreparedPhase<Scalar>& phase, std::uint64_t outside,
                                 PreparedOperation<Scalar>* spare) {
  std::uint32_t count = 0;
  for (std::uint32_t k = 0; k < phase.count; ++k) {
    const PreparedOperation<Scalar>& op = phase.operations[k];
    if ((outside & op.outside_mask) != op.outside_value) continue;
    spare[count] = op;
    if (parity(outside & op.outside_z) != 0) spare[count].signs ^= 0xffffU;
    ++count;
  }
  return count;
}

template <typename Scalar, unsigned Registers>
class PhaseRunner {
  using V = Simd<Scalar>;
  using Vector = typename V::Vector;
  static constexpr unsigned kCount = 1U << Registers;
  static constexpr std::size_t kSize = kElements<Scalar>;
  static constexpr unsigned kAhead = 4;  // groups between a prefetch and its use

 public:
  static void run(const PreparedPhase<Scalar>& phase, const PreparedOperation<Scalar>* operations,
                  std::uint32_t count, unsigned vector_bits, const Route<Scalar>& route) {
    const std::uint32_t all = (1U << vector_bits) - 1;
    std::uint32_t registers = 0;
    for (unsigned k = 0; k < Registers; ++k) registers |= 1U << phase.positions[k];
    const Walk from(route.from, phase, registers, phase.load_from);
    const Walk to(route.to, phase, registers, phase.store_to);
    const PreparedOperation<Scalar>* const end = operations + count;
    std::uint64_t source = 0, target = 0, ahead = 0;
    if (route.prefetch) {
      for (unsigned k = 0; k < kAhead; ++k) ahead = next_within(ahead, from.mask);
    }
    const std::uint32_t groups = all & ~registers;
    std::uint32_t position = 0;
    do {
      Vector r[kCount];
      each<kCount>([&](auto j) __attribute__((always_inline)) {
        r[j] = load<Scalar>(route.from.base + (source | from.offsets[j]) * kSize);
      });
      if (route.prefetch) {
        each<kCount>([&](auto j) __attribute__((always_inline)) {
          __builtin_prefetch(route.from.base + (ahead | from.offsets[j]) * kSize);
        });
        ahead = next_within(ahead, from.mask);
      }
      for (const auto* op = operations; op != end; ++op) {
        if ((position & op->tile_mask) != op->tile_value) continue;
        Operations<Scalar, Registers>::apply(r, *op, parity(position & op->tile_z));
      }
      each<kCount>([&](auto j) __attribute__((always_inline)) {
        store<Scalar>(route.to.base + (target | to.offsets[j]) * kSize, r[j]);
      });
      if (route.squares != nullptr) {
        each<kCount>([&](auto j) __attribute__((always_inline)) {
          V::add_squares(*route.squares, r[j]);
        });
      }
      position = next_within(position, groups);
      source = next_within(source, from.mask);
      target = next_within(target, to.mask);
    } while (position != 0);
  }

 private:
  // Steps over the groups on one side, with the distances of a group's registers.
  struct Walk {
    std::uint64_t mask;
    std::uint64_t offsets[kCount];

    Walk(const Side<Scalar>& side, const PreparedPhase<Scalar>& phase, std::uint32_t registers,
         const std::uint8_t* places) {
      std::uint64_t strides[Registers + 1] = {};
      mask = side.mask;
      unsigned position = 0;
      std::uint64_t rest = side.mask;
      for (unsigned k = 0; k < Registers; ++k) {
        for (; position < phase.positions[k]; ++position) rest &= rest - 1;
        strides[k] = rest & (~rest + 1);
        mask &= ~strides[k];
      }
      (void)registers;
      for (unsigned j = 0; j < kCount; ++j) {
        offsets[j] = 0;
        for (unsigned k = 0; k < Registers; ++k) {
          if ((places[j] >> k & 1) != 0) offsets[j] |= strides[k];
        }
      }
    }
  };
};

}  // namespace qmlx::cpu::QMLX_ISA
