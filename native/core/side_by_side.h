// Shares work among threads of its own: for work of the core, whose engines have pools that it does
// not see.
#pragma once

#include <algorithm>
#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

namespace qmlx {

// Calls body(worker, first, last) for consecutive parts of [0, count), each on a thread of its own.
// The body must not throw. A machine that refuses threads does the work on fewer.
template <typename Body>
void side_by_side(unsigned threads, std::size_t count, const Body& body) {
  const auto begin = [&](unsigned worker) { return count * worker / threads; };
  const auto work = [&](unsigned worker) noexcept {
    body(worker, begin(worker), begin(worker + 1));
  };
  std::vector<std::thread> others;
  others.reserve(threads);
  unsigned started = 1;
  for (bool more = true; more && started < threads;) {
    try {
      others.emplace_back(work, started);
      ++started;
    } catch (const std::system_error&) {
      more = false;
    }
  }
  work(0);
  for (; started < threads; ++started) work(started);
  for (std::thread& other : others) other.join();
}

}  // namespace qmlx
