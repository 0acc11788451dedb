#include "addon/worker.h"

#include <cstdlib>
#include <set>
#include <utility>

namespace qmlx::addon {
namespace {

// Larger states are freed after each job: holding them would cost more memory than mapping them
// again costs time.
constexpr unsigned kMaxSpareQubits = 21;

}  // namespace

Turn::~Turn() {
  if (worker_ != nullptr) worker_->end_turn();
}

// process.exit() ends the process without running environment cleanup hooks, and a thread that
// computes while the C++ runtime takes itself down may crash. So the threads of all workers are
// stopped first. Never destroyed, for the same reason.
class LiveWorkers {
 public:
  static LiveWorkers& instance() {
    static auto* const workers = new LiveWorkers;
    return *workers;
  }

  void add(Worker* worker) {
    const std::lock_guard lock(mutex_);
    workers_.insert(worker);
  }

  void remove(Worker* worker) {
    const std::lock_guard lock(mutex_);
    workers_.erase(worker);
  }

 private:
  LiveWorkers() { std::atexit(stop_all); }

  static void stop_all() {
    LiveWorkers& live = instance();
    const std::lock_guard lock(live.mutex_);
    for (Worker* worker : live.workers_) worker->stop();
  }

  std::mutex mutex_;
  std::set<Worker*> workers_;
};

Worker::Worker(std::shared_ptr<Simulator> simulator, std::shared_ptr<Mailbox> mailbox)
    : simulator_(std::move(simulator)), mailbox_(std::move(mailbox)) {
  LiveWorkers::instance().add(this);
}

Worker::~Worker() {
  LiveWorkers::instance().remove(this);
  stop();
}

void Worker::start() {
  if (!thread_.joinable()) thread_ = std::thread(&Worker::loop, this);
}

void Worker::post(std::shared_ptr<Job> job) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  start();
  queue_.push_back(std::move(job));
  changed_.notify_all();
}

void Worker::retire(std::shared_ptr<void> states) {
  const std::lock_guard lock(mutex_);
  if (stopping_)
    return;  // the thread is gone or about to be, and they are freed here, or by stop()
  start();
  retired_.push_back(std::move(states));
  changed_.notify_all();
}

void Worker::cancel_all() {
  const std::lock_guard lock(mutex_);
  if (running_) running_->cancel();
  for (const auto& job : queue_) job->cancel();
}

void Worker::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (running_) running_->cancel();
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
  queue_.clear();
  retired_.clear();
  spare_.reset();
}

Turn Worker::try_turn() {
  std::unique_lock lock(mutex_);
  if (running_ && !running_->cancelled()) return Turn();
  for (const auto& job : queue_) {
    if (!job->cancelled()) return Turn();
  }
  return take_turn(lock);
}

Turn Worker::wait_turn() {
  std::unique_lock lock(mutex_);
  return take_turn(lock);
}

Turn Worker::take_turn(std::unique_lock<std::mutex>& lock) {
  ++waiting_;
  changed_.wait(lock, [this] { return !taken_; });
  --waiting_;
  taken_ = true;
  return Turn(this);
}

// A cancelled job makes no way: whoever waits for its end may want more than to read.
void Worker::make_way(Job& job) {
  std::unique_lock lock(mutex_);
  if (waiting_ == 0 || job.cancelled()) return;
  taken_ = false;
  changed_.notify_all();
  changed_.wait(lock, [this] { return waiting_ == 0 && !taken_; });
  taken_ = true;
}

void Worker::end_turn() {
  const std::lock_guard lock(mutex_);
  taken_ = false;
  if (waiting_ > 0 || !queue_.empty() || !retired_.empty() || stopping_) changed_.notify_all();
}

void Worker::loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] {
      const bool work = !queue_.empty() || !retired_.empty();
      return stopping_ || (work && !taken_ && waiting_ == 0);
    });
    if (stopping_) return;
    taken_ = true;
    if (!run_next(lock)) return;
    taken_ = false;
    changed_.notify_all();
  }
}

// With the turn and the lock, which is released while working. Returns false if the thread shall
// end.
bool Worker::run_next(std::unique_lock<std::mutex>& lock) {
  auto retired = std::exchange(retired_, {});
  if (retired.empty()) {
    running_ = std::move(queue_.front());
    queue_.pop_front();
  }
  std::shared_ptr<Job> job = running_;
  lock.unlock();
  retired.clear();
  if (job) job->execute(*this);
  lock.lock();
  running_.reset();
  if (stopping_) {
    lock.unlock();  // a job may free what it made, never under the lock
    return false;
  }
  if (job) {
    auto message = std::make_unique<Message>();
    message->job = std::move(job);
    message->finished = true;
    mailbox_->post(std::move(message));
  }
  return true;
}

void Worker::report(Job& job, Phase phase, std::uint64_t done, std::uint64_t total) {
  const std::lock_guard lock(mutex_);
  if (stopping_ || running_.get() != &job) return;
  auto message = std::make_unique<Message>();
  message->job = running_;
  message->phase = phase;
  message->done = done;
  message->total = total;
  mailbox_->post(std::move(message));
}

Status Worker::borrow(unsigned qubits, std::unique_ptr<State>& state) {
  if (spare_ && spare_->qubits() == qubits) {
    state = std::move(spare_);
    return {};
  }
  spare_.reset();
  return simulator_->create_state(qubits, state);
}

void Worker::give_back(std::unique_ptr<State> state) {
  if (state && state->qubits() <= kMaxSpareQubits) spare_ = std::move(state);
}

}  // namespace qmlx::addon
