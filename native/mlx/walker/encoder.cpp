#include "mlx/walker/encoder.h"

#include <algorithm>
#include <bit>

#include "mlx/walker/layout.h"
#include "mlx/walker/program_writer.h"
#include "mlx/walker/sections.h"

namespace qmlx::walker {

namespace {

void fold(const Item& flip, const Tile& tile, TileMap& map) {
  const unsigned target = tile.position_of(std::uint64_t{1} << flip.target);
  if (flip.control_mask == 0) {
    map.flip(target);
  } else {
    map.flip(target, tile.position_of(flip.control_mask), flip.control_value != 0);
  }
}

void encode_pass(const PlanView& plan, const Pass& pass, WalkProgram& program) {
  std::uint64_t mask = pass.tile_mask;
  while (static_cast<unsigned>(std::popcount(mask)) < program.tile_bits) mask |= mask + 1;
  const Tile tile(mask);
  std::vector<Section> sections = sections_of(plan, pass);
  if (!Layout(tile, sections.front().registers).reads_rows()) sections.emplace(sections.begin());
  if (!Layout(tile, sections.back().registers).reads_rows()) sections.emplace_back();
  fold_flips(sections, tile);
  ProgramWriter writer(tile);
  TileMap map;
  for (Section& section : sections) {
    for (const Item& flip : section.folded) fold(flip, tile, map);
    writer.begin_phase(Layout(tile, section.registers, map));
    for (const Step& step : order_steps(std::move(section.items))) writer.add(step);
    writer.end_phase();
  }
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
