#include "mlx/runtime/owner_thread.h"

#include <chrono>
#include <utility>

namespace qmlx::on_mlx {

namespace {

constexpr auto kPatience = std::chrono::microseconds(60);

}  // namespace

OwnerThread::OwnerThread(std::function<void()> end)
    : end_(std::move(end)), thread_([this] { loop(); }) {}

OwnerThread::~OwnerThread() {
  stopping_ = true;
  wake();
  thread_.join();
}

template <typename Condition>
void OwnerThread::wait(const Condition& condition) {
  const auto start = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - start < kPatience) {
    if (condition()) return;
    std::this_thread::yield();
  }
  std::unique_lock lock(mutex_);
  ++asleep_;
  changed_.wait(lock, condition);
  --asleep_;
}

// Whoever is counted as asleep looks at its condition again before it sleeps, under the lock.
void OwnerThread::wake() {
  if (asleep_ == 0) return;
  const std::lock_guard lock(mutex_);
  changed_.notify_all();
}

Failure OwnerThread::run(const std::function<void()>& job) {
  const std::lock_guard call(calls_);
  job_ = &job;
  wake();
  wait([this] { return job_ == nullptr; });
  return std::move(outcome_);
}

void OwnerThread::loop() {
  const auto outcome_of = [](const std::function<void()>& work) -> Failure {
    try {
      work();
      return {};
    } catch (...) {
      return failure_of_current_exception();
    }
  };
  for (;;) {
    wait([this] { return job_ != nullptr || stopping_; });
    const std::function<void()>* const job = job_;
    if (job == nullptr) break;
    outcome_ = outcome_of(*job);
    job_ = nullptr;
    wake();
  }
  outcome_of(end_);
}

}  // namespace qmlx::on_mlx
