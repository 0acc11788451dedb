#include "core/outcomes.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace qmlx {

namespace {

constexpr std::uint64_t kMaxKeyBytes = std::uint64_t{1} << 30;
constexpr std::uint32_t kFree = UINT32_MAX;

}  // namespace

int OutcomeCollector::compare(const std::uint64_t* a, const std::uint64_t* b) const {
  for (std::size_t word = 0; word < words_; ++word) {
    if (a[word] != b[word]) return a[word] < b[word] ? -1 : 1;
  }
  return 0;
}

std::uint32_t OutcomeCollector::append(double weight) {
  keys_.insert(keys_.end(), last_.begin(), last_.end());
  weights_.push_back(weight);
  return static_cast<std::uint32_t>(weights_.size() - 1);
}

// Where the table holds this key, or may hold it.
std::size_t OutcomeCollector::find_place(const std::uint64_t* wanted) const {
  std::uint64_t hash = 0x9E3779B97F4A7C15;
  for (std::size_t word = 0; word < words_; ++word) {
    hash = (hash ^ wanted[word]) * 0xD6E8FEB86659FD93;
    hash ^= hash >> 32;
  }
  // Few classical bits leave the low bits of a key, and so of the products, alike.
  const std::size_t last = places_.size() - 1;
  auto place = static_cast<std::size_t>(hash >> (64 - std::countr_zero(places_.size())));
  while (places_[place] != kFree && compare(key(places_[place]), wanted) != 0)
    place = (place + 1) & last;
  return place;
}

void OutcomeCollector::fill_table(std::size_t size) {
  places_.assign(size, kFree);
  for (std::uint32_t number = 0; number < weights_.size(); ++number)
    places_[find_place(key(number))] = number;
}

std::uint32_t OutcomeCollector::add(const ClassicalMemory& memory, double weight) {
  for (std::size_t word = 0; word < words_; ++word) last_[word] = reversed(memory.bit_words[word]);
  if (places_.empty()) {
    const auto newest = static_cast<std::uint32_t>(weights_.size() - 1);
    const int order = weights_.empty() ? 1 : compare(last_.data(), key(newest));
    if (order > 0) return append(weight);
    if (order == 0) {
      weights_[newest] += weight;
      return newest;
    }
    fill_table(std::bit_ceil(4 * weights_.size()));
  }
  std::size_t place = find_place(last_.data());
  if (places_[place] != kFree) {
    weights_[places_[place]] += weight;
    return places_[place];
  }
  if (2 * weights_.size() >= places_.size()) {
    fill_table(2 * places_.size());
    place = find_place(last_.data());
  }
  return places_[place] = append(weight);
}

Status OutcomeCollector::finish(Outcomes& outcomes, std::vector<std::uint32_t>& rank) {
  const std::size_t bytes = (bits_ + 7) / 8, count = weights_.size();
  if (bytes * count > kMaxKeyBytes) {
    return failure(Code::limit,
                   "The run gave " + std::to_string(count) + " different outcomes of " +
                       std::to_string(bits_) +
                       " bits each, more than 1 GiB of keys. Measure into fewer classical bits.");
  }
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  if (!places_.empty()) {
    std::sort(order.begin(), order.end(),
              [this](std::uint32_t a, std::uint32_t b) { return compare(key(a), key(b)) < 0; });
  }
  outcomes = {bits_, {}, {}};
  outcomes.keys.reserve(bytes * count);
  outcomes.weights.reserve(count);
  rank.resize(count);
  for (std::uint32_t place = 0; place < count; ++place) {
    const std::uint64_t* const words = key(order[place]);
    for (std::size_t byte = 0; byte < bytes; ++byte)
      outcomes.keys.push_back(static_cast<std::uint8_t>(words[byte / 8] >> (56 - 8 * (byte % 8))));
    outcomes.weights.push_back(weights_[order[place]]);
    rank[order[place]] = place;
  }
  return {};
}

}  // namespace qmlx
