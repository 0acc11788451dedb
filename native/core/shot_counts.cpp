#include "core/shot_counts.h"

#include <vector>

namespace qmlx {

namespace {

// Shots that ended at one basis index.
struct Group {
  std::uint64_t key;
  std::uint32_t first, last;
};

std::vector<Group> group(std::span<const PlacedShot> placed, const MeasuredBits& measured,
                         bool& sorted) {
  std::vector<Group> groups;
  groups.reserve(placed.size());
  std::uint64_t place = ~placed.front().place(), last_key = 0;
  for (std::uint32_t k = 0; k < placed.size(); ++k) {
    if (placed[k].place() == place) continue;
    place = placed[k].place();
    const std::uint64_t key = measured.key(place);
    sorted = sorted && key >= last_key;
    last_key = key;
    if (!groups.empty()) groups.back().last = k;
    groups.push_back({key, k, k});
  }
  groups.back().last = static_cast<std::uint32_t>(placed.size());
  return groups;
}

}  // namespace

void count_shots(std::span<const PlacedShot> placed, const MeasuredBits& measured, unsigned bits,
                 ExecutionResult& result) {
  Outcomes& outcomes = result.outcomes;
  outcomes = {bits, {}, {}};
  if (placed.empty()) return;
  bool sorted = true;
  std::vector<Group> groups = group(placed, measured, sorted);
  if (!sorted) {
    std::vector<Group> spare(groups.size());
    sort_by_bits(std::span(groups), std::span(spare), bits,
                 [bits](const Group& group) { return group.key >> (64 - bits); });
  }
  const std::size_t bytes = (bits + 7) / 8;
  outcomes.keys.resize(bytes * groups.size());
  outcomes.weights.resize(groups.size());
  std::size_t count = 0;
  for (std::size_t k = 0; k < groups.size(); ++k) {
    const Group& group = groups[k];
    if (k == 0 || group.key != groups[k - 1].key) {
      std::uint8_t* const key = outcomes.keys.data() + bytes * count++;
      for (std::size_t byte = 0; byte < bytes; ++byte)
        key[byte] = static_cast<std::uint8_t>(group.key >> (56 - 8 * byte));
    }
    outcomes.weights[count - 1] += group.last - group.first;
    if (result.shot_outcomes.empty()) continue;
    for (const PlacedShot& shot : placed.subspan(group.first, group.last - group.first))
      result.shot_outcomes[shot.shot()] = static_cast<std::uint32_t>(count - 1);
  }
  outcomes.keys.resize(bytes * count);
  outcomes.weights.resize(count);
}

void collect_shots(std::span<const PlacedShot> placed, const MeasuredBits& measured,
                   ClassicalMemory& memory, OutcomeCollector& collector,
                   std::span<std::uint32_t> numbers) {
  for (std::size_t first = 0, last; first < placed.size(); first = last) {
    const std::uint64_t index = placed[first].place();
    for (last = first + 1; last < placed.size() && placed[last].place() == index;) ++last;
    measured.write(index, memory);
    const std::uint32_t number = collector.add(memory, static_cast<double>(last - first));
    if (numbers.empty()) continue;
    for (const PlacedShot& shot : placed.subspan(first, last - first))
      numbers[shot.shot()] = number;
  }
}

}  // namespace qmlx
