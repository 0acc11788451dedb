// Reductions: kernels add up parts of a row in float32, the host adds the parts in float64.
#include <algorithm>
#include <bit>

#include "kernels/pauli_group.h"
#include "kernels/sums.h"
#include "mlx/runtime/failure.h"
#include "mlx/state.h"

namespace qmlx::on_mlx {

namespace {

constexpr unsigned kGroupBits = 12;   // log2 of the groups that keep a device busy
constexpr unsigned kColumnBits = 20;  // log2 of the groups side by side in a grid
constexpr unsigned kBlockBits = 10;   // of QMLX_BLOCK_SUMS
constexpr std::uint32_t kMostParts = 1024;

constexpr std::uint32_t kRowsAtOnce = 1U << 12;  // of a state in one launch

struct Rows {
  std::uint32_t first, count;
};

std::uint64_t low_mask(unsigned bits) { return (std::uint64_t{1} << bits) - 1; }

void set_groups(Launch& launch, std::uint64_t groups) {
  launch.columns =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(groups, std::uint64_t{1} << kColumnBits));
  launch.rows = static_cast<std::uint32_t>(groups / launch.columns);
}

// Squared magnitudes by the listed bits, the lowest of which is bit 0 of the result's index.
void squares(State& state, std::uint32_t row, std::uint64_t listed, double* out) {
  const unsigned bits = state.stored_bits();
  const unsigned thread_bits = std::min(bits, kernels::kSumThreadBits);
  const std::uint64_t upper = low_mask(bits) & ~low_mask(thread_bits);
  std::uint64_t walked = 0;
  for (std::uint64_t rest = upper & ~listed;
       rest != 0 && static_cast<unsigned>(std::popcount(upper & ~walked)) > kGroupBits;
       rest &= rest - 1)
    walked |= rest & (~rest + 1);
  const std::uint64_t apart = upper & ~walked;
  const std::uint64_t results = std::uint64_t{1} << std::popcount(listed);
  const std::uint64_t copies = std::uint64_t{1} << std::popcount(apart & ~listed);
  Launch launch{kernels::KernelName::squares};
  set_groups(launch, std::uint64_t{1} << std::popcount(apart));
  launch.threads = 1U << thread_bits;
  launch.inputs = {state.amplitudes(), state.token()};
  launch.outputs = {{state.session().at_least(copies * results), mx::float32}};
  launch.scalars = {bits, row, listed, walked, apart};
  mx::array sums = state.session().backend().launch(launch).front();
  const std::vector<float> parts = state.session().backend().read(sums, copies * results);
  std::fill_n(out, results, 0.0);
  for (std::uint64_t copy = 0; copy < copies; ++copy) {
    for (std::uint64_t k = 0; k < results; ++k) out[k] += parts[copy * results + k];
  }
}

void marginal(State& state, const qmlx_reduction& reduction, double* out) {
  const std::uint32_t count = reduction.bit_count;
  std::uint64_t listed = 0;
  for (std::uint32_t k = 0; k < count; ++k) {
    const unsigned bit = reduction.bit_list[k];
    if (bit >= state.bits() || (listed >> bit & 1) != 0)
      throw EngineError(QMLX_INVALID_ARGUMENT, "A marginal lists a bit twice or out of range.");
    listed |= std::uint64_t{1} << bit;
  }
  std::vector<double> sums(std::size_t{1} << count);
  squares(state, reduction.row, listed, sums.data());
  for (std::size_t k = 0; k < sums.size(); ++k) {
    std::size_t place = 0;
    for (std::uint32_t b = 0; b < count; ++b) {
      const std::uint64_t bit = std::uint64_t{1} << reduction.bit_list[b];
      const int rank = std::popcount(listed & (bit - 1));
      place |= (k >> rank & 1) << (count - 1 - b);
    }
    out[place] = sums[k];
  }
}

// Strings of one group whose products count with the same part, real or imaginary, on rows one
// below the other.
void add_strings(State& state, const qmlx_reduction& reduction, Rows rows,
                 const std::vector<std::uint32_t>& strings, bool imaginary, double* out) {
  const unsigned bits = state.stored_bits();
  const std::uint64_t x = reduction.x_mask;
  const std::uint64_t top = std::bit_floor(x);
  const std::uint64_t skipped = top >= kernels::kPauliBlock ? top : 0;
  const std::uint64_t blocks =
      (bits > kernels::kPauliBlockBits ? std::uint64_t{1} << (bits - kernels::kPauliBlockBits)
                                       : 1) >>
      (skipped != 0 ? 1 : 0);
  const std::uint64_t groups = std::min<std::uint64_t>(blocks, kMostParts);
  std::vector<std::uint32_t> signs;
  for (const std::uint32_t string : strings) {
    signs.push_back(static_cast<std::uint32_t>(reduction.z_masks[string]));
    signs.push_back(static_cast<std::uint32_t>(reduction.z_masks[string] >> 32));
  }
  const auto count = static_cast<std::uint32_t>(strings.size());
  Launch launch{kernels::KernelName::pauli_group};
  launch.columns = static_cast<std::uint32_t>(groups);
  launch.rows = rows.count;
  launch.threads = kernels::kPauliThreads;
  launch.inputs = {state.amplitudes(), state.session().upload(signs), state.token()};
  launch.outputs = {{state.session().at_least(rows.count * groups * count), mx::float32}};
  launch.scalars = {
      bits,  rows.first,         x, skipped, static_cast<std::uint32_t>(blocks / groups),
      count, imaginary ? 1U : 0U};
  mx::array sums = state.session().backend().launch(launch).front();
  const std::vector<float> parts =
      state.session().backend().read(sums, rows.count * groups * count);
  for (std::uint32_t row = 0; row < rows.count; ++row) {
    for (std::uint32_t k = 0; k < count; ++k) {
      double total = 0;
      for (std::uint64_t group = 0; group < groups; ++group)
        total += parts[(row * groups + group) * count + k];
      if (skipped != 0) total *= 2;
      // A Y is i·XZ, so that y of them give i^y.
      const int y = std::popcount(x & reduction.z_masks[strings[k]]) & 3;
      out[std::size_t{row} * reduction.mask_count + strings[k]] = y == 1 || y == 2 ? -total : total;
    }
  }
}

void pauli_rows(State& state, const qmlx_reduction& reduction, Rows rows, double* out) {
  for (const bool imaginary : {false, true}) {
    std::vector<std::uint32_t> strings;
    for (std::uint32_t k = 0; k < reduction.mask_count; ++k) {
      const bool odd = (std::popcount(reduction.x_mask & reduction.z_masks[k]) & 1) != 0;
      if (odd == imaginary) strings.push_back(k);
      const bool full = strings.size() == kernels::kPauliStrings;
      if (strings.empty() || (!full && k + 1 < reduction.mask_count)) continue;
      add_strings(state, reduction, rows, strings, imaginary, out);
      strings.clear();
    }
  }
}

void pauli_group(State& state, const qmlx_reduction& reduction, double* out) {
  std::uint64_t named = reduction.x_mask;
  for (std::uint32_t k = 0; k < reduction.mask_count; ++k) named |= reduction.z_masks[k];
  if ((named & ~low_mask(state.bits())) != 0)
    throw EngineError(QMLX_INVALID_ARGUMENT, "A Pauli string names a bit out of range.");
  const std::uint32_t all = std::max(reduction.row_count, 1U);
  if (all > state.batch() - reduction.row)
    throw EngineError(QMLX_INVALID_ARGUMENT, "The state has fewer rows than were asked for.");
  for (std::uint32_t done = 0; done < all; done += kRowsAtOnce) {
    const Rows rows{reduction.row + done, std::min(all - done, kRowsAtOnce)};
    pauli_rows(state, reduction, rows, out + std::size_t{done} * reduction.mask_count);
  }
}

void inner(State& state, const qmlx_reduction& reduction, State& other, double* out) {
  if (state.bits() != other.bits() || reduction.other_row >= other.batch())
    throw EngineError(QMLX_INVALID_ARGUMENT, "The two states differ in size.");
  other.materialise();
  const std::uint64_t groups = std::min<std::uint64_t>(
      std::max<std::uint64_t>(state.stored_size() / kernels::kSumThreads, 1), kMostParts);
  Launch launch{kernels::KernelName::products};
  launch.columns = static_cast<std::uint32_t>(groups);
  launch.threads = kernels::kSumThreads;
  launch.inputs = {state.amplitudes(), other.amplitudes(), state.token(), other.token()};
  launch.outputs = {{state.session().at_least(groups), mx::complex64}};
  launch.scalars = {state.stored_bits(), reduction.row, reduction.other_row,
                    static_cast<std::uint32_t>(state.stored_size() / groups)};
  mx::array sums = state.session().backend().launch(launch).front();
  const std::vector<float> parts = state.session().backend().read(sums, 2 * groups);
  out[0] = out[1] = 0;
  for (std::uint64_t k = 0; k < groups; ++k) {
    out[0] += parts[2 * k];
    out[1] += parts[2 * k + 1];
  }
}

}  // namespace

double squared_norm(State& state, std::uint32_t row) {
  state.materialise();
  double norm = 0;
  squares(state, row, 0, &norm);
  return norm;
}

void reduce(State& state, const qmlx_reduction& reduction, State* other, double* out) {
  if (reduction.row >= state.batch())
    throw EngineError(QMLX_INVALID_ARGUMENT, "The state has no such row.");
  state.materialise();
  switch (reduction.kind) {
    case QMLX_NORM:
      return squares(state, reduction.row, 0, out);
    case QMLX_MARGINAL:
      return marginal(state, reduction, out);
    case QMLX_BLOCK_SUMS:
      if (reduction.bit_count != std::min(state.bits(), kBlockBits))
        throw EngineError(QMLX_UNSUPPORTED, "Blocks have 2^10 amplitudes here.");
      return squares(state, reduction.row, low_mask(state.bits()) & ~low_mask(kBlockBits), out);
    case QMLX_PAULI_GROUP:
      return pauli_group(state, reduction, out);
    case QMLX_INNER:
      if (other == nullptr)
        throw EngineError(QMLX_INVALID_ARGUMENT, "An inner product needs a second state.");
      return inner(state, reduction, *other, out);
    default:
      throw EngineError(QMLX_UNSUPPORTED, "The engine does not know this reduction.");
  }
}

}  // namespace qmlx::on_mlx
