#include "cpu/memory.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>

#include "cpu/executor.h"

#if defined(_WIN32)
#include <malloc.h>
#include <windows.h>
#else
#include <sys/mman.h>
#include <unistd.h>
#endif
#if defined(__APPLE__)
#include <mach/mach.h>
#include <sys/sysctl.h>
#elif defined(__linux__)
#include <sched.h>
#endif

namespace qmlx::cpu {

namespace {

#if defined(__linux__)

constexpr std::uint64_t kNoLimit = ~std::uint64_t{0};

// The number in a file that holds nothing else; `otherwise` if there is no such file or number.
std::uint64_t number_in(const std::string& path, std::uint64_t otherwise) {
  std::FILE* file = std::fopen(path.c_str(), "re");
  if (file == nullptr) return otherwise;
  unsigned long long number = 0;
  const bool found = std::fscanf(file, "%llu", &number) == 1;
  std::fclose(file);
  return found ? number : otherwise;
}

// The number after a name at the start of a line.
std::uint64_t field_of(const std::string& path, const char* name, std::uint64_t otherwise) {
  std::FILE* file = std::fopen(path.c_str(), "re");
  if (file == nullptr) return otherwise;
  char line[512];
  const std::size_t length = std::strlen(name);
  std::uint64_t result = otherwise;
  while (std::fgets(line, sizeof(line), file) != nullptr) {
    if (std::strncmp(line, name, length) != 0) continue;
    result = std::strtoull(line + length, nullptr, 10);
    break;
  }
  std::fclose(file);
  return result;
}

// What one control group leaves: its limit less what its processes use, page cache not counted.
std::uint64_t left_in_group(const std::string& folder, const char* limit, const char* usage,
                            const char* cache) {
  const std::uint64_t most = number_in(folder + limit, kNoLimit);
  if (most >= kNoLimit >> 2) return kNoLimit;
  const std::uint64_t used = number_in(folder + usage, 0);
  const std::uint64_t reclaimable = std::min(field_of(folder + "/memory.stat", cache, 0), used);
  return most > used - reclaimable ? most - (used - reclaimable) : 0;
}

// The least that any group above this process leaves, in both versions of control groups.
std::uint64_t left_in_groups() {
  std::uint64_t least = kNoLimit;
  std::FILE* file = std::fopen("/proc/self/cgroup", "re");
  if (file == nullptr) return least;
  char line[1024];
  while (std::fgets(line, sizeof(line), file) != nullptr) {
    std::string text(line);
    while (!text.empty() && (text.back() == '\n' || text.back() == '/')) text.pop_back();
    const bool unified = text.rfind("0::", 0) == 0;
    const std::size_t memory = text.find(":memory:");
    if (!unified && memory == std::string::npos) continue;
    std::string group = unified ? text.substr(3) : text.substr(memory + 8);
    const std::string root = unified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory";
    for (;;) {
      const std::uint64_t left =
          unified ? left_in_group(root + group, "/memory.max", "/memory.current", "inactive_file ")
                  : left_in_group(root + group, "/memory.limit_in_bytes", "/memory.usage_in_bytes",
                                  "total_inactive_file ");
      least = std::min(least, left);
      if (group.empty()) break;
      const std::size_t slash = group.rfind('/');
      group.resize(slash == std::string::npos ? 0 : slash);
    }
  }
  std::fclose(file);
  return least;
}

#endif

#if !defined(_WIN32)

void* map_huge(std::uint64_t bytes) {
  const std::uint64_t mapped = bytes + kHugePage;
  void* const base =
      mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED) return nullptr;
  const auto address = reinterpret_cast<std::uintptr_t>(base);
  const std::uintptr_t aligned = (address + kHugePage - 1) / kHugePage * kHugePage;
  const std::uint64_t page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  const std::uint64_t kept = (bytes + page - 1) / page * page;
  auto* const first = static_cast<char*>(base);
  if (aligned > address) munmap(first, aligned - address);
  char* const result = first + (aligned - address);
  const std::uint64_t behind = mapped - (aligned - address) - kept;
  if (behind >= page) munmap(result + kept, behind);
#if defined(__linux__)
  madvise(result, kept, MADV_HUGEPAGE);
#endif
  return result;
}

#endif

}  // namespace

#if defined(_WIN32)

MachineMemory machine_memory() {
  MEMORYSTATUSEX status{};
  status.dwLength = sizeof(status);
  if (GlobalMemoryStatusEx(&status) == 0) return {0, 0};
  return {status.ullTotalPhys, std::min(status.ullAvailPhys, status.ullAvailPageFile)};
}

unsigned processor_count() { return std::max(1U, std::thread::hardware_concurrency()); }

std::uint64_t second_cache_bytes() { return 0; }

void* allocate_pages(std::uint64_t bytes) {
  if (bytes < kHugePage) return _aligned_malloc(bytes, kVectorAlignment);
  return VirtualAlloc(nullptr, bytes, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
}

void free_pages(void* pages, std::uint64_t bytes) {
  if (bytes < kHugePage) {
    _aligned_free(pages);
  } else if (pages != nullptr) {
    VirtualFree(pages, 0, MEM_RELEASE);
  }
}

#else

#if defined(__APPLE__)

MachineMemory machine_memory() {
  std::uint64_t total = 0;
  std::size_t size = sizeof(total);
  if (sysctlbyname("hw.memsize", &total, &size, nullptr, 0) != 0) return {0, 0};
  vm_statistics64_data_t pages{};
  mach_msg_type_number_t count = HOST_VM_INFO64_COUNT;
  if (host_statistics64(mach_host_self(), HOST_VM_INFO64, reinterpret_cast<host_info64_t>(&pages),
                        &count) != KERN_SUCCESS)
    return {total, total / 2};
  const std::uint64_t usable =
      std::uint64_t{pages.free_count} + pages.inactive_count + pages.purgeable_count;
  return {total, std::min(total, usable * vm_kernel_page_size)};
}

unsigned processor_count() { return std::max(1U, std::thread::hardware_concurrency()); }

std::uint64_t second_cache_bytes() {
  std::uint64_t bytes = 0;
  std::size_t size = sizeof(bytes);
  return sysctlbyname("hw.l2cachesize", &bytes, &size, nullptr, 0) == 0 ? bytes : 0;
}

#else

MachineMemory machine_memory() {
  const std::uint64_t page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  const std::uint64_t total = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * page;
  std::uint64_t available = total;
#if defined(__linux__)
  available = std::min(available, field_of("/proc/meminfo", "MemAvailable:", total >> 10) << 10);
  available = std::min(available, left_in_groups());
#endif
  return {total, available};
}

unsigned processor_count() {
#if defined(__linux__)
  cpu_set_t processors;
  if (sched_getaffinity(0, sizeof(processors), &processors) == 0)
    return static_cast<unsigned>(std::max(1, CPU_COUNT(&processors)));
#endif
  return std::max(1U, std::thread::hardware_concurrency());
}

std::uint64_t second_cache_bytes() {
#if defined(_SC_LEVEL2_CACHE_SIZE)
  if (const long bytes = sysconf(_SC_LEVEL2_CACHE_SIZE); bytes > 0)
    return static_cast<std::uint64_t>(bytes);
#endif
#if defined(__linux__)
  return number_in("/sys/devices/system/cpu/cpu0/cache/index2/size", 0) << 10;
#else
  return 0;
#endif
}

#endif

void* allocate_pages(std::uint64_t bytes) {
  if (bytes >= kHugePage) return map_huge(bytes);
  const std::uint64_t rounded = (bytes + kVectorAlignment - 1) / kVectorAlignment;
  return std::aligned_alloc(kVectorAlignment, rounded * kVectorAlignment);
}

void free_pages(void* pages, std::uint64_t bytes) {
  if (bytes < kHugePage) {
    std::free(pages);
  } else if (pages != nullptr) {
    const std::uint64_t page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    munmap(pages, (bytes + page - 1) / page * page);
  }
}

#endif

}  // namespace qmlx::cpu
