#include "core/shot_counts.h"

#include <vector>

namespace qmlx {

namespace {

// Shots that ended at one basis index.
struct Group {
  std::uint64_t key;
  std::uint32_t first, last;
};

// Calls take(group) for the shots of each index until it gives false.
template <typename Take>
bool each_group(std::span<const PlacedShot> placed, const MeasuredBits& measured,
                const Take& take) {
  const auto count = static_cast<std::uint32_t>(placed.size());
  for (std::uint32_t first = 0, last; first < count; first = last) {
    const std::uint64_t place = placed[first].place();
    for (last = first + 1; last < count && placed[last].place() == place;) ++last;
    if (!take(Group{measured.key(place), first, last})) return false;
  }
  return true;
}

// Writes outcomes that come in the order of their keys.
class Writer {
 public:
  Writer(std::span<const PlacedShot> placed, unsigned bits, ExecutionResult& result)
      : placed_(placed), bytes_((bits + 7) / 8), result_(result) {
    result.outcomes = {bits, {}, {}};
    result.outcomes.keys.resize(bytes_ * placed.size());
    result.outcomes.weights.resize(placed.size());
  }

  bool add(const Group& group) {
    if (count_ == 0 || group.key != newest_) {
      if (count_ != 0 && group.key < newest_) return false;
      newest_ = group.key;
      std::uint8_t* const key = result_.outcomes.keys.data() + bytes_ * count_++;
      for (std::size_t byte = 0; byte < bytes_; ++byte)
        key[byte] = static_cast<std::uint8_t>(newest_ >> (56 - 8 * byte));
      result_.outcomes.weights[count_ - 1] = 0;
    }
    result_.outcomes.weights[count_ - 1] += group.last - group.first;
    if (result_.shot_outcomes.empty()) return true;
    for (const PlacedShot& shot : placed_.subspan(group.first, group.last - group.first))
      result_.shot_outcomes[shot.shot()] = static_cast<std::uint32_t>(count_ - 1);
    return true;
  }

  void begin_again() { count_ = 0; }

  void finish() {
    result_.outcomes.keys.resize(bytes_ * count_);
    result_.outcomes.weights.resize(count_);
  }

 private:
  std::span<const PlacedShot> placed_;
  std::size_t bytes_;
  ExecutionResult& result_;
  std::size_t count_ = 0;
  std::uint64_t newest_ = 0;
};

}  // namespace

void count_shots(std::span<const PlacedShot> placed, const MeasuredBits& measured, unsigned bits,
                 ExecutionResult& result) {
  Writer writer(placed, bits, result);
  // Mostly the bits of the index are those of the key, and in their order.
  if (!each_group(placed, measured, [&](const Group& group) { return writer.add(group); })) {
    std::vector<Group> groups;
    each_group(placed, measured, [&](const Group& group) {
      groups.push_back(group);
      return true;
    });
    std::vector<Group> spare(groups.size());
    sort_by_bits(std::span(groups), std::span(spare), bits,
                 [bits](const Group& group) { return bits == 0 ? 0 : group.key >> (64 - bits); });
    writer.begin_again();
    for (const Group& group : groups) writer.add(group);
  }
  writer.finish();
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
