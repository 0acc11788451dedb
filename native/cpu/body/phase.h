// A phase: groups of 2^R vectors are loaded, taken through all operations and stored.
#pragma once

#include "cpu/body/operations.h"
#include "cpu/body/side.h"

namespace qmlx::cpu::QMLX_ISA {

// From where to where a stage takes the tile, and what else it does on the way.
template <typename Scalar>
struct Route {
  Side<Scalar> from, to;
  bool prefetch;                         // `from` is memory that no stage has touched
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
  // Vectors that are not in memory become so if registers of the phase tell them apart.
  static void run(const PreparedPhase<Scalar>& phase, const PreparedOperation<Scalar>* operations,
                  std::uint32_t count, unsigned vector_bits, const Route<Scalar>& route,
                  const Support& support) {
    std::uint32_t registers = 0;
    for (unsigned k = 0; k < Registers; ++k) registers |= 1U << phase.positions[k];
    const std::uint32_t groups = ((1U << vector_bits) - 1) & ~registers & ~support.mask;
    const std::uint32_t fixed = support.value & ~registers;
    const Side<Scalar> from = reduced(route.from, support, registers);
    const Side<Scalar> to = reduced(route.to, support, registers);
    std::uint64_t distances_from[kCount], distances_to[kCount];
    distances(route.from, phase, phase.load_from, distances_from);
    distances(route.to, phase, phase.store_to, distances_to);
    const bool all_present = (registers & support.mask) == 0;
    const std::uint32_t present = all_present ? 0 : present_registers(phase, support);

    const PreparedOperation<Scalar>* const end = operations + count;
    std::uint64_t source = 0, target = 0, ahead = 0;
    for (unsigned k = 0; k < kAhead && route.prefetch; ++k) ahead = next_within(ahead, from.mask);
    std::uint32_t group = 0;
    do {
      Vector r[kCount];
      const Scalar* const in = from.at(source);
      if (all_present) {
        each<kCount>([&](auto j) __attribute__((always_inline)) {
          r[j] = load<Scalar>(in + distances_from[j]);
        });
      } else {
        each<kCount>([&](auto j) __attribute__((always_inline)) {
          r[j] = V::broadcast(0);
          if ((present >> j & 1) != 0) r[j] = load<Scalar>(in + distances_from[j]);
        });
      }
      if (route.prefetch) {
        const Scalar* const later = from.at(ahead);
        each<kCount>([&](auto j) __attribute__((always_inline)) {
          __builtin_prefetch(later + distances_from[j]);
        });
        ahead = next_within(ahead, from.mask);
      }
      const std::uint32_t position = group | fixed;
      for (const auto* op = operations; op != end; ++op) {
        if ((position & op->tile_mask) != op->tile_value) continue;
        Operations<Scalar, Registers>::apply(r, *op, parity(position & op->tile_z));
      }
      Scalar* const out = to.at(target);
      each<kCount>([&](auto j) __attribute__((always_inline)) {
        store<Scalar>(out + distances_to[j], r[j]);
      });
      if (route.squares != nullptr) {
        each<kCount>([&](auto j)
                         __attribute__((always_inline)) { V::add_squares(*route.squares, r[j]); });
      }
      group = next_within(group, groups);
      source = next_within(source, from.mask);
      target = next_within(target, to.mask);
    } while (group != 0);
  }

 private:
  // Between a group's first vector and that of each register, in scalars.
  static void distances(const Side<Scalar>& side, const PreparedPhase<Scalar>& phase,
                        const std::uint8_t* places, std::uint64_t* out) {
    std::uint64_t ordered[kCount] = {};
    std::uint64_t rest = side.mask;
    unsigned position = 0;
    for (unsigned k = 0; k < Registers; ++k) {
      for (; position < phase.positions[k]; ++position) rest &= rest - 1;
      const std::uint64_t distance = side.place(rest & (~rest + 1)) * kSize;
      for (unsigned j = 0; j < 1U << k; ++j) ordered[j | 1U << k] = ordered[j] + distance;
    }
    for (unsigned j = 0; j < kCount; ++j) out[j] = ordered[places[j]];
  }

  static std::uint32_t present_registers(const PreparedPhase<Scalar>& phase,
                                         const Support& support) {
    std::uint32_t present = 0;
    for (unsigned j = 0; j < kCount; ++j) {
      bool here = true;
      for (unsigned k = 0; k < Registers; ++k) {
        const unsigned bit = phase.load_from[j] >> k & 1, position = phase.positions[k];
        if ((support.mask >> position & 1) != 0 && (support.value >> position & 1) != bit)
          here = false;
      }
      if (here) present |= 1U << j;
    }
    return present;
  }
};

}  // namespace qmlx::cpu::QMLX_ISA
