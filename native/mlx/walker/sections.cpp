#include "mlx/walker/sections.h"

#include <algorithm>
#include <bit>

namespace qmlx::walker {

namespace {

bool can_fold(const Item& item, const Tile& tile) {
  return !item.diagonal && item.kind == OperationKind::flip &&
         (item.control_mask & ~tile.mask) == 0 && std::popcount(item.control_mask) <= 1;
}

}  // namespace

std::vector<Section> sections_of(const PlanView& plan, const Pass& pass) {
  std::vector<Section> sections;
  std::vector<Item> waiting;
  for (const Stage& stage : plan.stages(pass)) {
    if (stage.kind == StageKind::diagonal) {
      for (const Term& term : plan.terms(stage)) waiting.push_back(item_of(term, pass));
      continue;
    }
    Section section{local_bits(stage, pass, plan.header()), {}, std::move(waiting)};
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

void fold_flips(std::vector<Section>& sections, const Tile& tile) {
  const auto foldable = [&](const Item& item) { return can_fold(item, tile); };
  for (std::size_t s = 1; s < sections.size(); ++s) {
    std::vector<Item>& before = sections[s - 1].items;
    std::reverse(before.begin(), before.end());
    std::vector<Item> folded = take_ready(before, foldable);
    std::reverse(before.begin(), before.end());
    std::reverse(folded.begin(), folded.end());
    const std::vector<Item> own = take_ready(sections[s].items, foldable);
    folded.insert(folded.end(), own.begin(), own.end());
    sections[s].folded.insert(sections[s].folded.end(), folded.begin(), folded.end());
    if (s + 1 < sections.size() && sections[s].items.empty()) {
      sections[s + 1].folded = std::move(sections[s].folded);
      sections.erase(sections.begin() + static_cast<std::ptrdiff_t>(s--));
    }
  }
}

}  // namespace qmlx::walker
