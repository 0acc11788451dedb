#include "cpu/thread_pool.h"

namespace qmlx::cpu {

namespace {

constexpr unsigned kSpins = 4000;  // some ten microseconds: longer than the gap between two passes

void relax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    generation_.fetch_add(1, std::memory_order_release);
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

// A machine that refuses more threads gets fewer.
void ThreadPool::start() {
  try {
    workers_.reserve(threads_ - 1);
    while (workers_.size() + 1 < threads_) {
      const auto worker = static_cast<unsigned>(workers_.size() + 1);
      workers_.emplace_back([this, worker] { work(worker); });
    }
  } catch (...) {
    return;
  }
}

void ThreadPool::share(std::uint64_t tasks, const void* context, Call call) {
  if (workers_.empty()) start();
  {
    const std::lock_guard lock(mutex_);
    tasks_ = tasks;
    context_ = context;
    call_ = call;
    next_.store(0, std::memory_order_relaxed);
    open_ = true;
    generation_.fetch_add(1, std::memory_order_release);
  }
  wake_.notify_all();
  work_on_tasks(0);
  {
    const std::lock_guard lock(mutex_);
    open_ = false;
  }
  for (unsigned spin = 0; spin < kSpins && joined_.load(std::memory_order_acquire) != 0; ++spin)
    relax();
  std::unique_lock lock(mutex_);
  done_.wait(lock, [this] { return joined_.load(std::memory_order_acquire) == 0; });
}

void ThreadPool::work_on_tasks(unsigned worker) {
  for (;;) {
    const std::uint64_t task = next_.fetch_add(1, std::memory_order_relaxed);
    if (task >= tasks_) return;
    call_(context_, worker, task);
  }
}

void ThreadPool::work(unsigned worker) {
  std::uint64_t seen = 0;
  for (;;) {
    for (unsigned spin = 0; spin < kSpins; ++spin) {
      if (generation_.load(std::memory_order_acquire) != seen) break;
      relax();
    }
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return generation_.load(std::memory_order_relaxed) != seen; });
      seen = generation_.load(std::memory_order_relaxed);
      if (stop_) return;
      if (!open_) continue;
      joined_.fetch_add(1, std::memory_order_relaxed);
    }
    work_on_tasks(worker);
    const std::lock_guard lock(mutex_);
    if (joined_.fetch_sub(1, std::memory_order_acq_rel) == 1) done_.notify_all();
  }
}

}  // namespace qmlx::cpu
