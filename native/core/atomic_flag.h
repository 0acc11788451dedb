// Reading a flag that another thread sets and that crosses the C edge as a plain int32_t.
#pragma once

#include <atomic>
#include <cstdint>

namespace qmlx {

inline bool is_set(const std::int32_t* flag) {
  return flag != nullptr && std::atomic_ref<std::int32_t>(*const_cast<std::int32_t*>(flag))
                                    .load(std::memory_order_relaxed) != 0;
}

}  // namespace qmlx
