// Engines that are being opened, so that the end of the process can wait for them.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace qmlx::addon {

class Openings {
 public:
  void begin() {
    const std::lock_guard lock(mutex_);
    ++count_;
  }
  void end() {
    const std::lock_guard lock(mutex_);
    if (--count_ == 0) none_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    none_.wait(lock, [this] { return count_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable none_;
  std::uint32_t count_ = 0;
};

}  // namespace qmlx::addon
