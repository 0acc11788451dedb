#include "addon/process_exit.h"

#include <cstdlib>
#include <mutex>
#include <set>
#include <vector>

namespace qmlx::addon {
namespace {

struct Registry {
  std::mutex mutex;
  std::set<std::string> devices;  // for which the handler was registered
  std::vector<std::weak_ptr<Worker>> workers;
};

// Never destroyed: the handler runs among destructors.
Registry& registry() {
  static auto* const made = new Registry;
  return *made;
}

void stop_workers() {
  std::vector<std::weak_ptr<Worker>> workers;
  {
    const std::lock_guard lock(registry().mutex);
    workers = registry().workers;
  }
  for (const auto& weak : workers) {
    if (const auto worker = weak.lock()) worker->stop();
  }
}

}  // namespace

void stop_at_exit(const std::shared_ptr<Worker>& worker, const std::string& device) {
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  std::erase_if(all.workers, [](const auto& known) { return known.expired(); });
  all.workers.push_back(worker);
  // Handlers run in reverse order: before the destructors of what this device's engine has made.
  if (all.devices.insert(device).second) std::atexit(stop_workers);
}

}  // namespace qmlx::addon
