// A piece of work for a simulator's thread. Nothing in a job belongs to JavaScript: callbacks and
// kept arrays stay in the Environment, on the JavaScript thread, under the job's number.
#pragma once

#include <napi.h>

#include <atomic>
#include <cstdint>
#include <memory>

namespace qmlx::addon {

class Worker;
class Environment;

enum class Phase : std::uint8_t { plan, run, sample };

class Job {
 public:
  Job() = default;
  virtual ~Job() = default;
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  // On the simulator's thread, which has the turn.
  virtual void execute(Worker& worker) = 0;
  // On the JavaScript thread, once, after execute(). Throws Napi::Error if the job failed.
  virtual Napi::Value result(Napi::Env env, Environment& environment,
                             const std::shared_ptr<Worker>& worker) = 0;

  void cancel() { std::atomic_ref(cancel_).store(1, std::memory_order_relaxed); }
  bool cancelled() { return std::atomic_ref(cancel_).load(std::memory_order_relaxed) != 0; }
  const std::int32_t* cancel_flag() const { return &cancel_; }

  std::uint64_t number = 0;
  bool wants_progress = false;

 private:
  std::int32_t cancel_ = 0;
};

}  // namespace qmlx::addon
