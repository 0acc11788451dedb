// What the addon keeps for one JavaScript environment (the main thread or one of worker_threads).
// There is no other state: the addon may be loaded in several environments at once. Used on the
// environment's own thread only.
#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "addon/job.h"
#include "addon/mailbox.h"
#include "addon/openings.h"
#include "addon/worker.h"

namespace qmlx::addon {

// The JavaScript side of a job under way.
struct Pending {
  Napi::FunctionReference done;               // (error, result)
  Napi::FunctionReference progress;           // (phase, done, total), may be empty
  std::vector<Napi::ObjectReference> arrays;  // that the job reads or writes
  std::shared_ptr<Worker> worker;
  std::shared_ptr<Job> job;
};

class Environment {
 public:
  explicit Environment(Napi::Env env);
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  static Environment& of(Napi::Env env) { return *env.GetInstanceData<Environment>(); }

  std::shared_ptr<Worker> create_worker(std::shared_ptr<Simulator> simulator);
  // Starts a job and returns its number.
  std::uint64_t start(Napi::Env env, Pending pending);
  // Nothing happens if the job has ended.
  void cancel(std::uint64_t number);
  void receive(Napi::Env env, Message& message);

  // Waits for engines that are being opened and stops all runs. Libraries behind engines end badly
  // when a process exits in the midst of their work.
  void finish_work();

  const std::shared_ptr<Openings> openings = std::make_shared<Openings>();
  Napi::FunctionReference simulator_class;
  Napi::FunctionReference state_class;
  Napi::FunctionReference batch_class;
  Napi::FunctionReference trajectory_class;

 private:
  void stop_workers();
  void close();
  void finish(Napi::Env env, Message& message);

  std::shared_ptr<Mailbox> mailbox_;
  std::vector<std::weak_ptr<Worker>> workers_;
  std::unordered_map<std::uint64_t, Pending> pending_;
  std::uint64_t next_number_ = 1;
};

}  // namespace qmlx::addon
