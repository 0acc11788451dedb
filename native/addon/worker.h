// The thread of a simulator, its queue of jobs, and the turn: whoever has it, the thread for a job
// or the JavaScript thread for a synchronous call, is the only one that touches the simulator and
// its states.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "addon/job.h"
#include "addon/mailbox.h"
#include "core/simulator.h"

namespace qmlx::addon {

class Turn {
 public:
  Turn() = default;
  explicit Turn(Worker* worker) : worker_(worker) {}
  Turn(Turn&& other) noexcept : worker_(std::exchange(other.worker_, nullptr)) {}
  Turn& operator=(Turn&&) = delete;
  ~Turn();
  explicit operator bool() const { return worker_ != nullptr; }

 private:
  Worker* worker_ = nullptr;
};

class Worker {
 public:
  Worker(std::shared_ptr<Simulator> simulator, std::shared_ptr<Mailbox> mailbox);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  Simulator& simulator() { return *simulator_; }

  // Queues a job; the thread starts with the first one.
  void post(std::shared_ptr<Job> job);
  // Frees what holds states on the thread, since giving back gigabytes takes longer than an event
  // loop should wait.
  void retire(std::shared_ptr<void> states);
  void cancel_all();
  // Cancels everything and waits for the thread. No message is posted afterwards.
  void stop();

  // Empty if a job runs or waits; cancelled ones, which end within milliseconds, do not count.
  Turn try_turn();
  // Waits until the job that runs ends or makes way, ahead of the jobs that wait.
  Turn wait_turn();
  // Called by a job where other states may be read in between: lets a waiting synchronous call have
  // the turn.
  void make_way(Job& job);

  // A state for one job, reused from the job before it where the size is the same. The caller has
  // the turn.
  Status borrow(unsigned qubits, std::unique_ptr<State>& state);
  void give_back(std::unique_ptr<State> state);

  void report(Job& job, Phase phase, std::uint64_t done, std::uint64_t total);

 private:
  friend class Turn;
  void start();
  void loop();
  Turn take_turn(std::unique_lock<std::mutex>& lock);
  void end_turn();
  bool run_next(std::unique_lock<std::mutex>& lock);

  std::shared_ptr<Simulator> simulator_;
  std::shared_ptr<Mailbox> mailbox_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Job>> queue_;
  std::shared_ptr<Job> running_;
  std::vector<std::shared_ptr<void>> retired_;
  std::unique_ptr<State> spare_;
  unsigned waiting_ = 0;  // synchronous calls
  bool taken_ = false;    // the turn
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace qmlx::addon
