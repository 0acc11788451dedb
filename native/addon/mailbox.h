// The way from the simulators' threads to the JavaScript thread of one environment.
#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>
#include <mutex>

#include "addon/job.h"

namespace qmlx::addon {

struct Message {
  std::shared_ptr<Job> job;
  bool finished = false;
  Phase phase = Phase::run;
  std::uint64_t done = 0;
  std::uint64_t total = 0;
};

class Mailbox {
 public:
  Mailbox(Napi::Env env, Environment& environment);

  // Any thread; never blocks. Dropped after close().
  void post(std::unique_ptr<Message> message);
  // JavaScript thread: whether the event loop must stay alive for messages to come.
  void expect(Napi::Env env, bool expecting);
  void close();

 private:
  static void deliver(Napi::Env env, Napi::Function callback, Environment* environment,
                      Message* message);
  using Channel = Napi::TypedThreadSafeFunction<Environment, Message, &Mailbox::deliver>;

  std::mutex mutex_;
  bool open_ = true;
  Channel channel_;
};

}  // namespace qmlx::addon
