// The yardstick of memory speed: multiplies 2^n complex64 in place by a number, and copies half of
// them to the other half.
//   scale-pass QUBITS THREADS
// Each line on standard input asks for one measurement: "scale" or "copy"; the answer is its
// milliseconds.
#include <sys/mman.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

namespace {

void scale(float* first, const float* last) {
  for (; first != last; ++first) *first *= 1.0000001f;
}

// Runs work(first, last) on equal parts of the array at once.
void split(float* data, std::size_t count, unsigned threads,
           const std::function<void(float*, float*)>& work) {
  std::vector<std::thread> others;
  const std::size_t part = count / threads;
  for (unsigned t = 1; t < threads; ++t)
    others.emplace_back(work, data + t * part, data + (t + 1) * part);
  work(data, data + part);
  for (std::thread& other : others) other.join();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::size_t count = std::size_t{2} << std::atoi(argv[1]);
  const auto threads = static_cast<unsigned>(std::atoi(argv[2]));
  void* memory = mmap(nullptr, count * sizeof(float), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return 1;
#ifdef MADV_HUGEPAGE
  madvise(memory, count * sizeof(float), MADV_HUGEPAGE);
#endif
  auto* data = static_cast<float*>(memory);
  split(data, count, threads, [](float* first, float* last) { std::fill(first, last, 1.0f); });
  for (std::string request; std::getline(std::cin, request);) {
    const auto start = std::chrono::steady_clock::now();
    if (request == "scale") {
      split(data, count, threads, scale);
    } else {
      const std::size_t half = count / 2;
      split(data, half, threads, [half](float* first, float* last) {
        std::memcpy(first + half, first, static_cast<std::size_t>(last - first) * sizeof(float));
      });
    }
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
    std::printf("%.4f\n", time.count());
    std::fflush(stdout);
  }
  return 0;
}
