#include "mlx/walker/encoder.h"

#include <algorithm>
#include <bit>

#include "mlx/walker/items.h"
#include "mlx/walker/layout.h"
#include "mlx/walker/program_writer.h"

namespace qmlx::walker {

namespace {

// What runs between two exchanges through shared memory.
struct Section {
  std::uint64_t registers = 0;
  std::vector<Item> items;
};

// Diagonal stages join the phase that follows, or the last one.
std::vector<Section> sections_of(const PlanView& plan, const Pass& pass) {
  std::vector<Section> sections;
  std::vector<Item> waiting;
  for (const Stage& stage : plan.stages(pass)) {
    if (stage.kind == StageKind::diagonal) {
      for (const Term& term : plan.terms(stage)) waiting.push_back(item_of(term, pass));
      continue;
    }
    Section section{local_bits(stage, pass, plan.header()), std::move(waiting)};
    waiting.clear();
    for (const Operation& operation : plan.operations(stage))
      section.items.push_back(item_of(operation, stage, pass, plan.header()));
    sections.push_back(std::move(section));
  }
  if (sections.empty()) sections.emplace_back();
  auto& last = sections.back().items;
  last.insert(last.end(), waiting.begin(), waiting.end());
  return sections;
}

void encode_pass(const PlanView& plan, const Pass& pass, WalkProgram& program) {
  std::uint64_t mask = pass.tile_mask;
  while (static_cast<unsigned>(std::popcount(mask)) < program.tile_bits) mask |= mask + 1;
  const Tile tile(mask);
  ProgramWriter writer(tile);
  const auto copy_through = [&] {
    writer.begin_phase(Layout::canonical(tile));
    writer.end_phase();
  };
  std::vector<Section> sections = sections_of(plan, pass);
  if (!Layout(tile, sections.front().registers).reads_rows()) copy_through();
  for (Section& section : sections) {
    writer.begin_phase(Layout(tile, section.registers));
    for (const Step& step : order_steps(std::move(section.items))) writer.add(step);
    writer.end_phase();
  }
  if (!Layout(tile, sections.back().registers).reads_rows()) copy_through();
  program.passes.push_back(static_cast<std::uint32_t>(program.words.size() / 4));
  writer.finish(program.state_bits, program.words);
}

}  // namespace

bool encode_plan(const PlanView& plan, WalkProgram& program) {
  const PlanHeader& header = plan.header();
  if (header.tile_bits > kernels::kTileBits ||
      header.lane_bits + header.register_bits > kernels::kRegisterBits)
    return false;
  program.state_bits = std::max(header.bits, kLeastBits);
  program.tile_bits = std::max(header.tile_bits, kLeastBits);
  for (const Pass& pass : plan.passes()) encode_pass(plan, pass, program);
  return true;
}

}  // namespace qmlx::walker
