#include "core/outcomes.h"

#include <algorithm>
#include <numeric>

namespace qmlx {

namespace {

constexpr std::uint64_t kMaxKeyBytes = std::uint64_t{1} << 30;

// The order of keys: the first classical bit, bit 0 of the first word, decides first.
bool precedes(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  for (std::size_t word = 0; word < a.size(); ++word) {
    const std::uint64_t difference = a[word] ^ b[word];
    if (difference != 0) return (a[word] >> std::countr_zero(difference) & 1) == 0;
  }
  return false;
}

std::uint8_t reversed(std::uint8_t byte) {
  std::uint8_t result = 0;
  for (int bit = 0; bit < 8; ++bit)
    result = static_cast<std::uint8_t>(result << 1 | (byte >> bit & 1));
  return result;
}

}  // namespace

std::size_t OutcomeCollector::Hash::operator()(const std::vector<std::uint64_t>& words) const {
  std::uint64_t hash = 0x9E3779B97F4A7C15;
  for (const std::uint64_t word : words) {
    hash = (hash ^ word) * 0xD6E8FEB86659FD93;
    hash ^= hash >> 32;
  }
  return static_cast<std::size_t>(hash);
}

std::uint32_t OutcomeCollector::add(const ClassicalMemory& memory, double weight) {
  const auto [entry, fresh] =
      numbers_.try_emplace(memory.bit_words, static_cast<std::uint32_t>(weights_.size()));
  if (fresh) {
    keys_.push_back(&entry->first);
    weights_.push_back(0);
  }
  weights_[entry->second] += weight;
  return entry->second;
}

Status OutcomeCollector::finish(Outcomes& outcomes, std::vector<std::uint32_t>& rank) {
  const std::size_t bytes = (bits_ + 7) / 8;
  if (bytes * keys_.size() > kMaxKeyBytes) {
    return failure(Code::limit,
                   "The run gave " + std::to_string(keys_.size()) + " different outcomes of " +
                       std::to_string(bits_) +
                       " bits each, more than 1 GiB of keys. Measure into fewer classical bits.");
  }
  std::vector<std::uint32_t> order(keys_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [this](std::uint32_t a, std::uint32_t b) { return precedes(*keys_[a], *keys_[b]); });
  outcomes = {bits_, {}, {}};
  outcomes.keys.reserve(bytes * keys_.size());
  rank.resize(keys_.size());
  for (std::uint32_t place = 0; place < order.size(); ++place) {
    const std::vector<std::uint64_t>& words = *keys_[order[place]];
    for (std::size_t byte = 0; byte < bytes; ++byte)
      outcomes.keys.push_back(
          reversed(static_cast<std::uint8_t>(words[byte / 8] >> (8 * (byte % 8)))));
    outcomes.weights.push_back(weights_[order[place]]);
    rank[order[place]] = place;
  }
  return {};
}

}  // namespace qmlx
