// Worker threads that stay: started at the first parallel work, then waiting, first awake and soon
// asleep. The caller of run() works too.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

namespace qmlx::cpu {

class ThreadPool {
 public:
  explicit ThreadPool(unsigned threads) : threads_(threads) {}
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  unsigned threads() const { return threads_; }

  // Calls body(worker, task) for every task below `tasks`, each once, on up to threads() threads;
  // worker < threads() is never in use twice at a time. Returns when all are done. `body` must not
  // throw.
  template <typename Body>
  void run(std::uint64_t tasks, const Body& body) {
    static_assert(std::is_nothrow_invocable_v<const Body&, unsigned, std::uint64_t>);
    if (threads_ < 2 || tasks < 2) {
      for (std::uint64_t task = 0; task < tasks; ++task) body(0U, task);
      return;
    }
    share(tasks, &body, [](const void* context, unsigned worker, std::uint64_t task) noexcept {
      (*static_cast<const Body*>(context))(worker, task);
    });
  }

 private:
  using Call = void (*)(const void* context, unsigned worker, std::uint64_t task) noexcept;

  void share(std::uint64_t tasks, const void* context, Call call);
  void work(unsigned worker);
  void work_on_tasks(unsigned worker);
  void start();

  const unsigned threads_;
  std::vector<std::thread> workers_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable done_;
  std::atomic<std::uint64_t> generation_{0};
  std::atomic<unsigned> joined_{0};
  bool open_ = false;  // tasks can be joined
  bool stop_ = false;

  // The work being shared: written before `generation_` changes, read by those who joined.
  std::atomic<std::uint64_t> next_{0};
  std::uint64_t tasks_ = 0;
  const void* context_ = nullptr;
  Call call_ = nullptr;
};

}  // namespace qmlx::cpu
