#include "mlx/runtime/owner_thread.h"

#include <utility>

namespace qmlx::on_mlx {

OwnerThread::OwnerThread(std::function<void()> end)
    : end_(std::move(end)), thread_([this] { loop(); }) {}

OwnerThread::~OwnerThread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

Failure OwnerThread::run(const std::function<void()>& job) {
  const std::lock_guard call(calls_);
  std::unique_lock lock(mutex_);
  job_ = &job;
  changed_.notify_all();
  changed_.wait(lock, [this] { return job_ == nullptr; });
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
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return job_ != nullptr || stopping_; });
    if (job_ == nullptr) break;
    const std::function<void()>& job = *job_;
    lock.unlock();
    Failure outcome = outcome_of(job);
    lock.lock();
    outcome_ = std::move(outcome);
    job_ = nullptr;
    changed_.notify_all();
  }
  outcome_of(end_);
}

}  // namespace qmlx::on_mlx
