#include "addon/mailbox.h"

#include "addon/environment.h"

namespace qmlx::addon {

Mailbox::Mailbox(Napi::Env env, Environment& environment)
    : channel_(Channel::New(env, "qmlx", 0, 1, &environment)) {
  channel_.Unref(env);
}

void Mailbox::post(std::unique_ptr<Message> message) {
  const std::lock_guard lock(mutex_);
  if (!open_) return;
  // The queue has no bound, so a refusal means that the environment is closing.
  if (channel_.NonBlockingCall(message.get()) == napi_ok) static_cast<void>(message.release());
}

void Mailbox::expect(Napi::Env env, bool expecting) {
  if (expecting) {
    channel_.Ref(env);
  } else {
    channel_.Unref(env);
  }
}

void Mailbox::close() {
  const std::lock_guard lock(mutex_);
  if (!open_) return;
  open_ = false;
  channel_.Abort();
}

void Mailbox::deliver(Napi::Env env, Napi::Function, Environment* environment, Message* message) {
  const std::unique_ptr<Message> owned(message);
  // Without an environment the channel is being torn down and only the memory is left to free.
  if (static_cast<napi_env>(env) != nullptr) environment->receive(env, *owned);
}

}  // namespace qmlx::addon
