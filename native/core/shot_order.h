// Shots in the order of where they are in the tree of outcomes.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>

namespace qmlx {

// Where a shot is, above its number.
class PlacedShot {
 public:
  static constexpr unsigned kShotBits = 22;
  static constexpr std::uint32_t kMostShots = std::uint32_t{1} << kShotBits;

  PlacedShot() = default;
  PlacedShot(std::uint64_t place, std::uint32_t shot) : both_(place << kShotBits | shot) {}
  std::uint64_t place() const { return both_ >> kShotBits; }
  std::uint32_t shot() const { return static_cast<std::uint32_t>(both_) & (kMostShots - 1); }

 private:
  std::uint64_t both_ = 0;
};

// Sorts by the lowest `bits` of what key(item) gives, keeping the order of equal ones. `spare` is
// at least as long.
template <typename Item, typename Key>
void sort_by_bits(std::span<Item> items, std::span<Item> spare, unsigned bits, const Key& key) {
  constexpr std::size_t kFew = 48;
  constexpr unsigned kLeastDigit = 5, kMostDigit = 11;
  const std::uint64_t used = bits == 0 ? 0 : ~std::uint64_t{0} >> (64 - bits);
  if (items.size() <= kFew) {
    for (std::size_t k = 1; k < items.size(); ++k) {
      const Item moved = items[k];
      std::size_t at = k;
      for (; at > 0 && (key(items[at - 1]) & used) > (key(moved) & used); --at)
        items[at] = items[at - 1];
      items[at] = moved;
    }
    return;
  }
  const unsigned digit_bits =
      std::clamp(static_cast<unsigned>(std::bit_width(items.size())) - 2, kLeastDigit, kMostDigit);
  std::span<Item> from = items, to = spare.first(items.size());
  for (unsigned done = 0; done < bits; done += digit_bits) {
    std::array<std::uint32_t, std::size_t{1} << kMostDigit> place;
    std::fill_n(place.begin(), std::size_t{1} << digit_bits, 0U);
    const auto digit = [&](const Item& item) {
      return static_cast<std::size_t>((key(item) & used) >> done) & ((1U << digit_bits) - 1);
    };
    for (const Item& item : from) ++place[digit(item)];
    std::uint32_t sum = 0;
    for (std::size_t k = 0; k < std::size_t{1} << digit_bits; ++k) {
      const std::uint32_t count = place[k];
      place[k] = sum;
      sum += count;
    }
    for (const Item& item : from) to[place[digit(item)]++] = item;
    std::swap(from, to);
  }
  if (from.data() != items.data()) std::copy(from.begin(), from.end(), items.begin());
}

inline void sort_by_place(std::span<PlacedShot> shots, std::span<PlacedShot> spare, unsigned bits) {
  sort_by_bits(shots, spare, bits, [](const PlacedShot& shot) { return shot.place(); });
}

}  // namespace qmlx
