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
  using Operation = PreparedOperation<Scalar>;
  static constexpr unsigned kCount = 1U << Registers;
  static constexpr std::size_t kSize = kElements<Scalar>;
  static constexpr unsigned kAhead = 4;  // groups between a prefetch and its use

  // Groups taken from one place to another through operations.
  struct Sweep {
    Route<Scalar> route;
    const std::uint64_t *distances_from, *distances_to;  // of the registers of a group
    const Operation *operations, *end;
    std::uint32_t groups;   // bits of a vector's position that tell groups apart
    std::uint32_t fixed;    // the other bits
    std::uint32_t present;  // registers that are in memory
    bool moves;             // registers are stored to other places than they are loaded from
  };

 public:
  // Vectors that are not in memory become so if registers of the phase tell them apart.
  static void run(const PreparedPhase<Scalar>& phase, const Operation* operations,
                  std::uint32_t count, unsigned vector_bits, const Route<Scalar>& route,
                  const Support& support) {
    std::uint32_t registers = 0;
    for (unsigned k = 0; k < Registers; ++k) registers |= 1U << phase.positions[k];
    std::uint64_t distances_from[kCount], distances_to[kCount];
    distances(route.from, phase, phase.load_from, distances_from);
    distances(route.to, phase, phase.store_to, distances_to);
    Sweep all{};
    all.distances_from = distances_from;
    all.distances_to = distances_to;
    all.moves = phase.moves;
    all.route = {reduced(route.from, support, registers), reduced(route.to, support, registers),
                 route.prefetch, route.squares};
    all.operations = operations;
    all.end = operations + count;
    all.groups = ((1U << vector_bits) - 1) & ~registers & ~support.mask;
    all.fixed = support.value & ~registers;
    all.present =
        (registers & support.mask) == 0 ? kAllPresent : present_registers(phase, support);
    first_rare(operations, all.end) == all.end ? sweep(all) : sweep_with_rare(all);
  }

 private:
  static constexpr std::uint32_t kAllPresent = (std::uint64_t{1} << kCount) - 1;

  static const Operation* first_rare(const Operation* begin, const Operation* end) {
    while (begin != end && !is_rare(begin->kernel)) ++begin;
    return begin;
  }

  // Group by group, each between rare operations through a place aside.
  static void sweep_with_rare(const Sweep& all) {
    alignas(kVectorAlignment) Vector memory[kCount];
    std::uint64_t in_turn[kCount];
    for (unsigned j = 0; j < kCount; ++j) in_turn[j] = j * kSize;
    const Place<Scalar> aside{reinterpret_cast<Scalar*>(memory), in_turn};
    const Side<Scalar>& from = all.route.from;
    const Side<Scalar>& to = all.route.to;
    std::uint64_t source = 0, target = 0, ahead = 0;
    for (unsigned k = 0; k < kAhead && all.route.prefetch; ++k)
      ahead = next_within(ahead, from.mask);
    std::uint32_t group = 0;
    Sweep part = all;
    part.groups = 0;
    part.route.prefetch = false;
    do {
      if (all.route.prefetch) {
        for (unsigned j = 0; j < kCount; ++j)
          __builtin_prefetch(from.at(ahead) + all.distances_from[j]);
        ahead = next_within(ahead, from.mask);
      }
      part.fixed = group | all.fixed;
      one_group(all, {from.at(source), all.distances_from}, {to.at(target), all.distances_to},
                aside, part);
      group = next_within(group, all.groups);
      source = next_within(source, from.mask);
      target = next_within(target, to.mask);
    } while (group != 0);
  }

  static void one_group(const Sweep& all, Place<Scalar> place, const Place<Scalar>& goal,
                        const Place<Scalar>& aside, Sweep& part) {
    const std::uint32_t position = part.fixed;
    part.present = all.present;
    // Registers that change places within one memory have to be loaded before they are stored.
    bool straight = !all.moves && all.present == kAllPresent;
    const Operation* op = all.operations;
    for (bool stored = false; !stored;) {
      if (op != all.end && is_rare(op->kernel) && part.present == kAllPresent) {
        stored = op + 1 == all.end && straight && all.route.squares == nullptr;
        const Place<Scalar>& next = stored ? goal : aside;
        if ((position & op->tile_mask) == op->tile_value) {
          RareOperation<Scalar>::run(place, next, kCount, *op, parity(position & op->tile_z));
          place = next;
        } else {
          stored = false;
        }
        ++op;
      } else {
        part.operations = op;
        part.end = op = first_rare(op, all.end);
        stored = op == all.end;
        const Place<Scalar>& next = stored ? goal : aside;
        part.route.from = {place.base, 0, 0};
        part.route.to = {next.base, 0, 0};
        part.route.squares = stored ? all.route.squares : nullptr;
        part.distances_from = place.distances;
        part.distances_to = next.distances;
        sweep(part);
        place = next;
        part.present = kAllPresent;
      }
      straight = straight || place.base == aside.base;
    }
  }

  // Without rare operations. It calls nothing, so that vectors stay in registers.
  static __attribute__((noinline)) void sweep(const Sweep& all) {
    const Route<Scalar>& route = all.route;
    const Side<Scalar> from = route.from, to = route.to;
    std::uint64_t source = 0, target = 0, ahead = 0;
    for (unsigned k = 0; k < kAhead && route.prefetch; ++k) ahead = next_within(ahead, from.mask);
    std::uint32_t group = 0;
    do {
      Vector r[kCount];
      const Scalar* const in = from.at(source);
      if (all.present == kAllPresent) {
        each<kCount>([&](auto j) __attribute__((always_inline)) {
          r[j] = load<Scalar>(in + all.distances_from[j]);
        });
      } else {
        each<kCount>([&](auto j) __attribute__((always_inline)) {
          r[j] = V::broadcast(0);
          if ((all.present >> j & 1) != 0) r[j] = load<Scalar>(in + all.distances_from[j]);
        });
      }
      if (route.prefetch) {
        const Scalar* const later = from.at(ahead);
        each<kCount>([&](auto j) __attribute__((always_inline)) {
          __builtin_prefetch(later + all.distances_from[j]);
        });
        ahead = next_within(ahead, from.mask);
      }
      const std::uint32_t position = group | all.fixed;
      for (const auto* op = all.operations; op != all.end; ++op) {
        if ((position & op->tile_mask) != op->tile_value) continue;
        Operations<Scalar, Registers>::apply(r, *op, parity(position & op->tile_z));
      }
      Scalar* const out = to.at(target);
      each<kCount>([&](auto j) __attribute__((always_inline)) {
        store<Scalar>(out + all.distances_to[j], r[j]);
      });
      if (route.squares != nullptr) {
        each<kCount>([&](auto j)
                         __attribute__((always_inline)) { V::add_squares(*route.squares, r[j]); });
      }
      group = next_within(group, all.groups);
      source = next_within(source, from.mask);
      target = next_within(target, to.mask);
    } while (group != 0);
  }

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
