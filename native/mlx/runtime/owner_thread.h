// The one thread of an engine that calls MLX: streams and their encoders belong to the thread that
// made them. Callers wait for their job; one job runs at a time.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "mlx/runtime/failure.h"

namespace qmlx::on_mlx {

class OwnerThread {
 public:
  // `end` runs on the thread after the last job.
  explicit OwnerThread(std::function<void()> end);
  ~OwnerThread();
  OwnerThread(const OwnerThread&) = delete;
  OwnerThread& operator=(const OwnerThread&) = delete;

  Failure run(const std::function<void()>& job);

 private:
  void loop();
  // Waits a little without sleeping, since waking a thread costs more than a small job, then
  // sleeps.
  template <typename Condition>
  void wait(const Condition& condition);
  void wake();

  std::function<void()> end_;
  std::mutex calls_;  // held by the caller whose job runs
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<int> asleep_ = 0;  // threads that sleep or are about to
  std::atomic<const std::function<void()>*> job_ = nullptr;
  Failure outcome_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace qmlx::on_mlx
