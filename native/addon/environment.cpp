#include "addon/environment.h"

#include <utility>

namespace qmlx::addon {
namespace {

const char* phase_name(Phase phase) {
  switch (phase) {
    case Phase::plan:
      return "plan";
    case Phase::run:
      return "run";
    case Phase::sample:
      return "sample";
  }
  return "";
}

}  // namespace

// The hook is added after the mailbox has added its own, and hooks run in reverse order: threads
// are stopped while messages can still be taken.
Environment::Environment(Napi::Env env) : mailbox_(std::make_shared<Mailbox>(env, *this)) {
  env.AddCleanupHook([](Environment* environment) { environment->close(); }, this);
}

std::shared_ptr<Worker> Environment::create_worker(std::shared_ptr<Simulator> simulator) {
  std::erase_if(workers_, [](const auto& worker) { return worker.expired(); });
  auto worker = std::make_shared<Worker>(std::move(simulator), mailbox_);
  workers_.push_back(worker);
  return worker;
}

std::uint64_t Environment::start(Napi::Env env, Pending pending) {
  const std::uint64_t number = next_number_++;
  if (pending_.empty()) mailbox_->expect(env, true);
  pending.job->number = number;
  const auto worker = pending.worker;
  const auto job = pending.job;
  pending_.emplace(number, std::move(pending));
  worker->post(job);
  return number;
}

void Environment::cancel(std::uint64_t number) {
  if (const auto found = pending_.find(number); found != pending_.end())
    found->second.job->cancel();
}

void Environment::receive(Napi::Env env, Message& message) {
  const Napi::HandleScope scope(env);
  if (message.finished) {
    finish(env, message);
    return;
  }
  const auto found = pending_.find(message.job->number);
  if (found == pending_.end() || found->second.progress.IsEmpty()) return;
  // Called through a value: the callback may end the job and with it the reference.
  const Napi::Function progress = found->second.progress.Value();
  progress.Call({Napi::String::New(env, phase_name(message.phase)),
                 Napi::Number::New(env, static_cast<double>(message.done)),
                 Napi::Number::New(env, static_cast<double>(message.total))});
}

void Environment::finish(Napi::Env env, Message& message) {
  auto node = pending_.extract(message.job->number);
  if (node.empty()) return;
  if (pending_.empty()) mailbox_->expect(env, false);
  const Pending& pending = node.mapped();
  napi_value error = env.Undefined();
  napi_value result = env.Undefined();
  try {
    result = message.job->result(env, *this, pending.worker);
  } catch (const Napi::Error& caught) {
    error = caught.Value();
  }
  pending.done.Value().Call({error, result});
}

void Environment::stop_workers() {
  for (const auto& weak : workers_) {
    if (const auto worker = weak.lock()) worker->stop();
  }
}

void Environment::finish_work() {
  openings->wait();
  stop_workers();
}

void Environment::close() {
  stop_workers();
  mailbox_->close();
  pending_.clear();
  simulator_class.Reset();
  state_class.Reset();
  batch_class.Reset();
  trajectory_class.Reset();
}

}  // namespace qmlx::addon
