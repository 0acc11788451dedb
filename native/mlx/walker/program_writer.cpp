#include "mlx/walker/program_writer.h"

#include <algorithm>
#include <array>
#include <bit>

namespace qmlx::walker {

using kernels::kRegisters;

namespace {

constexpr std::size_t kTermWords = 4 * kernels::kTermRecords;
constexpr std::uint32_t kMaxTermsOfStep = kernels::kMaxTerms / 2;

unsigned bit_number(std::uint32_t table) { return static_cast<unsigned>(std::countr_zero(table)); }

std::uint32_t low_word(std::uint64_t value) { return static_cast<std::uint32_t>(value); }
std::uint32_t high_word(std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32); }

std::uint32_t units_of(std::uint32_t table) { return table == kernels::kTableFactors ? 2 : 1; }

// A function of one bit as constant + slope · bit, from what a term asks of the bit.
struct Linear {
  std::int32_t constant, slope;
};

Linear linear(bool masked, bool value, bool odd) {
  if (!masked) return odd ? Linear{1, -2} : Linear{1, 0};
  if (!value) return {1, -1};
  return {0, odd ? -1 : 1};
}

}  // namespace

void ProgramWriter::begin_phase(const Layout& layout) {
  layout_.assign(1, layout);
  if (chunks_.back().phases == kernels::kMaxPhases) chunks_.emplace_back();
  first_operation_ = chunks_.back().operations;
}

void ProgramWriter::close_phase() {
  Chunk& chunk = chunks_.back();
  std::uint32_t records[4 * kernels::kPhaseRecords];
  layout_.front().write(records, first_operation_, chunk.operations - first_operation_);
  chunk.phase_words.insert(chunk.phase_words.end(), std::begin(records), std::end(records));
  ++chunk.phases;
}

void ProgramWriter::end_phase() { close_phase(); }

void ProgramWriter::reserve(std::uint32_t operations, std::uint32_t terms, std::uint32_t tables,
                            std::uint32_t units) {
  const Chunk& chunk = chunks_.back();
  if (chunk.operations + operations <= kernels::kMaxOperations &&
      chunk.terms + terms <= kernels::kMaxTerms && chunk.units + units <= kernels::kMaxUnits &&
      chunk.tables + tables <= kernels::kMaxUnits)
    return;
  close_phase();
  chunks_.emplace_back();
  first_operation_ = 0;
}

void ProgramWriter::add(const Step& step) {
  if (!step.front().diagonal) return add_mover(step.front());
  for (std::size_t first = 0; first < step.size(); first += kMaxTermsOfStep) {
    const auto count = std::min<std::size_t>(kMaxTermsOfStep, step.size() - first);
    const auto begin = step.begin() + static_cast<std::ptrdiff_t>(first);
    add_diagonal({begin, begin + static_cast<std::ptrdiff_t>(count)});
  }
}

std::uint32_t ProgramWriter::select_of(const Digits& mask, const Digits& value) const {
  std::uint32_t select = 0;
  for (std::uint32_t j = 0; j < kRegisters; ++j) {
    if ((j & mask.registers) == value.registers) select |= 1U << j;
  }
  return select;
}

void ProgramWriter::append_operation(const std::uint32_t (&head)[4], const Item& item) {
  const std::uint64_t outside = ~tile_.mask;
  Chunk& chunk = chunks_.back();
  const std::uint32_t words[] = {head[0],
                                 head[1],
                                 head[2],
                                 head[3],
                                 low_word(item.control_mask & outside),
                                 high_word(item.control_mask & outside),
                                 low_word(item.control_value & outside),
                                 high_word(item.control_value & outside),
                                 low_word(item.z & outside),
                                 high_word(item.z & outside),
                                 0,
                                 0};
  static_assert(std::size(words) == 4 * kernels::kOperationRecords);
  chunk.operation_words.insert(chunk.operation_words.end(), std::begin(words), std::end(words));
  ++chunk.operations;
}

void ProgramWriter::add_mover(const Item& item) {
  reserve(1, 0, 0, 0);
  const Layout& layout = layout_.front();
  const Digits mask = layout.digits(item.control_mask), value = layout.digits(item.control_value);
  const Digits z = layout.digits(item.z);
  std::uint32_t code = 0, target = 0, target2 = 0, flips = 0, odd = 0;
  switch (item.kind) {
    case OperationKind::real2:
      code = kernels::kCodeReal2;
      break;
    case OperationKind::flip:
      code = kernels::kCodeFlip;
      break;
    case OperationKind::dense2:
      code = kernels::kCodeDense2;
      break;
    case OperationKind::dense4:
      code = kernels::kCodeDense4;
      break;
    default:
      code = kernels::kCodePauli;
      flips = layout.digits(item.moved).registers;
  }
  if (code != kernels::kCodePauli) target = layout.register_of(item.target);
  if (code == kernels::kCodeDense4) target2 = layout.register_of(item.target2);
  for (std::uint32_t j = 0; j < kRegisters; ++j)
    odd |= (static_cast<std::uint32_t>(std::popcount(j & z.registers)) & 1) << j;
  append_operation({code | target << 8 | target2 << 16 | std::uint32_t{item.quarter} << 24,
                    mask.threads() | value.threads() << 8 | select_of(mask, value) << 16, item.slot,
                    odd | flips << 16 | z.threads() << 24},
                   item);
}

void ProgramWriter::add_factor(const Item& item) {
  reserve(1, 0, 0, 0);
  const Layout& layout = layout_.front();
  const Digits mask = layout.digits(item.control_mask), value = layout.digits(item.control_value);
  const Digits z = layout.digits(item.z);
  std::uint32_t odd = 0;
  for (std::uint32_t j = 0; j < kRegisters; ++j)
    odd |= (static_cast<std::uint32_t>(std::popcount(j & z.registers)) & 1) << j;
  append_operation(
      {kernels::kCodeFactor, mask.threads() | value.threads() << 8 | select_of(mask, value) << 16,
       item.slot, odd | z.threads() << 24},
      item);
}

bool ProgramWriter::place_term(const Item& item, std::vector<Table>& tables) const {
  const Layout& layout = layout_.front();
  const Digits mask = layout.digits(item.control_mask), value = layout.digits(item.control_value);
  const Digits z = layout.digits(item.z);
  const std::uint32_t registers = mask.registers | z.registers, low = mask.low | z.low,
                      high = mask.high | z.high;
  const auto put = [&](std::uint32_t table, std::uint32_t digit, std::int32_t multiplier) {
    if (multiplier == 0) return;
    const std::uint64_t outside = ~tile_.mask;
    const std::uint32_t words[kTermWords] = {item.slot,
                                             digit,
                                             static_cast<std::uint32_t>(multiplier),
                                             0,
                                             low_word(item.control_mask & outside),
                                             high_word(item.control_mask & outside),
                                             low_word(item.control_value & outside),
                                             high_word(item.control_value & outside),
                                             low_word(item.z & outside),
                                             high_word(item.z & outside),
                                             0,
                                             0};
    auto& terms = tables[bit_number(table)].terms;
    terms.insert(terms.end(), std::begin(words), std::end(words));
  };
  const std::uint32_t by_register = mask.registers | value.registers << 8 | z.registers << 16,
                      by_low = mask.low | value.low << 8 | z.low << 16,
                      by_high = mask.high | value.high << 8 | z.high << 16;
  // A digit of one bit turns into a constant and a slope: two tables over the other digit.
  const auto put_pair = [&](std::uint32_t bit, std::uint32_t mask_bits, std::uint32_t value_bits,
                            std::uint32_t z_bits, std::uint32_t alone, std::uint32_t where,
                            std::uint32_t digit) {
    const Linear line =
        linear((mask_bits & bit) != 0, (value_bits & bit) != 0, (z_bits & bit) != 0);
    put(alone, digit, line.constant);
    put(where << bit_number(bit), digit, line.slope);
  };
  if (low == 0 && high == 0) {
    put(kernels::kTableFactors, by_register, 1);
  } else if (registers == 0 && high == 0) {
    put(kernels::kTableLow, by_low, 1);
  } else if (registers == 0 && low == 0) {
    put(kernels::kTableHigh, by_high, 1);
  } else if (high == 0 && std::has_single_bit(registers)) {
    put_pair(registers, mask.registers, value.registers, z.registers, kernels::kTableLow,
             kernels::kTableLowOf, by_low);
  } else if (low == 0 && std::has_single_bit(registers)) {
    put_pair(registers, mask.registers, value.registers, z.registers, kernels::kTableHigh,
             kernels::kTableHighOf, by_high);
  } else if (registers == 0 && std::has_single_bit(high)) {
    put_pair(high, mask.high, value.high, z.high, kernels::kTableLow, kernels::kTableLowIf, by_low);
  } else {
    return false;
  }
  return true;
}

void ProgramWriter::add_diagonal(const Step& terms) {
  std::vector<Table> tables(kernels::kTableKinds);
  for (const Item& item : terms) {
    if (!place_term(item, tables)) add_factor(item);
  }
  write_tables(tables);
}

void ProgramWriter::write_tables(const std::vector<Table>& tables) {
  std::uint32_t present = 0, terms = 0, count = 0, units = 0;
  for (std::uint32_t kind = 0; kind < kernels::kTableKinds; ++kind) {
    if (tables[kind].empty()) continue;
    present |= 1U << kind;
    terms += static_cast<std::uint32_t>(tables[kind].terms.size() / kTermWords);
    ++count;
    units += units_of(1U << kind);
  }
  if (present == 0) return;
  reserve(1, terms, count, units);
  Chunk& chunk = chunks_.back();
  append_operation({kernels::kCodeDiagonal, present, chunk.units, 0}, Item{});
  for (std::uint32_t kind = 0; kind < kernels::kTableKinds; ++kind) {
    if (tables[kind].empty()) continue;
    const std::uint32_t table = 1U << kind;
    const auto size = static_cast<std::uint32_t>(tables[kind].terms.size() / kTermWords);
    const bool complex = table == kernels::kTableFactors;
    chunk.table_words.insert(
        chunk.table_words.end(),
        {chunk.terms | size << 16, chunk.units | (complex ? 1U << 16 : 0U), 0U, 0U});
    chunk.term_words.insert(chunk.term_words.end(), tables[kind].terms.begin(),
                            tables[kind].terms.end());
    ++chunk.tables;
    chunk.terms += size;
    chunk.units += units_of(table);
  }
}

void ProgramWriter::finish(unsigned state_bits, std::vector<std::uint32_t>& words) {
  const std::size_t start = words.size();
  const auto chunk_count = static_cast<std::uint32_t>(chunks_.size());
  words.resize(start + 4 * (kernels::kPassRecords + chunk_count));
  words[start] = chunk_count;
  // Runs of neighbouring bits outside the tile.
  std::uint32_t segments = 0, shift = 0;
  for (unsigned bit = 0; bit < state_bits;) {
    if ((tile_.mask >> bit & 1) != 0) {
      ++bit;
      continue;
    }
    unsigned length = 0;
    while (bit + length < state_bits && (tile_.mask >> (bit + length) & 1) == 0) ++length;
    words[start + 4 + segments++] = shift | length << 8 | bit << 16;
    shift += length;
    bit += length;
  }
  words[start + 1] = segments;
  for (std::uint32_t k = 0; k < chunk_count; ++k) {
    const Chunk& chunk = chunks_[k];
    const std::size_t head = start + 4 * (kernels::kPassRecords + k);
    words[head] = chunk.phases | chunk.operations << 16;
    words[head + 1] = chunk.terms | chunk.tables << 16;
    words[head + 2] = static_cast<std::uint32_t>((words.size() - start) / 4);
    for (const auto* part :
         {&chunk.phase_words, &chunk.operation_words, &chunk.term_words, &chunk.table_words})
      words.insert(words.end(), part->begin(), part->end());
  }
}

}  // namespace qmlx::walker
