// Texts that MLX throws and the codes they become; the thread that makes all MLX calls.
#include <atomic>
#include <new>
#include <thread>

#include "check.h"
#include "mlx/runtime/failure.h"
#include "mlx/runtime/owner_thread.h"

using namespace qmlx::on_mlx;

TEST(texts_become_codes) {
  const struct {
    const char* text;
    int code;
  } cases[] = {
      {"cudaMallocAsync(&data, size, stream) failed: out of memory", QMLX_OUT_OF_MEMORY},
      {"[malloc] Unable to allocate 274877906944 bytes.", QMLX_OUT_OF_MEMORY},
      {"[METAL] Command buffer execution failed: Insufficient Memory (00000008:kIOGPU...)",
       QMLX_OUT_OF_MEMORY},
      {"[metal::malloc] Attempting to allocate 17179869184 bytes which is greater than the "
       "maximum allowed buffer size of 9534832640 bytes.",
       QMLX_OUT_OF_MEMORY},
      {"[metal::malloc] Resource limit (499000) exceeded.", QMLX_OUT_OF_MEMORY},
      {"[metal::load_device] No Metal device available. This typically occurs in headless, "
       "sandboxed, or virtualized macOS sessions where the GPU is not accessible.",
       QMLX_BACKEND_UNAVAILABLE},
      {"[metal_kernel] No Metal back-end.", QMLX_BACKEND_UNAVAILABLE},
      {"[cuda_kernel] No CUDA back-end.", QMLX_BACKEND_UNAVAILABLE},
      {"cudaGetDevice(&device) failed: no CUDA-capable device is detected",
       QMLX_BACKEND_UNAVAILABLE},
      {"cudaFree(0) failed: CUDA driver version is insufficient for CUDA runtime version",
       QMLX_BACKEND_UNAVAILABLE},
      {"[metal::Device] Failed to load the default metallib.", QMLX_BACKEND_UNAVAILABLE},
      {"Failed to load compiled qmlx_walk kernel: ptxas fatal.", QMLX_BACKEND_FAILED},
      {"cudaGraphLaunch failed: an illegal memory access was encountered", QMLX_BACKEND_FAILED},
  };
  for (const auto& item : cases) CHECK_EQUAL(code_of(item.text), item.code);
}

TEST(exceptions_of_every_kind_end_on_the_thread) {
  std::atomic<int> ended = 0;
  {
    OwnerThread thread([&] { ++ended; });
    const std::thread::id here = std::this_thread::get_id();
    std::thread::id there;
    CHECK(thread.run([&] { there = std::this_thread::get_id(); }).ok());
    CHECK(there != here);
    const Failure known = thread.run([] { throw EngineError(QMLX_UNSUPPORTED, "not this"); });
    CHECK_EQUAL(known.code, static_cast<int>(QMLX_UNSUPPORTED));
    CHECK_EQUAL(known.text, "not this");
    const Failure text = thread.run([] { throw std::runtime_error("device lost"); });
    CHECK_EQUAL(text.code, static_cast<int>(QMLX_BACKEND_FAILED));
    CHECK_EQUAL(text.text, "device lost");
    CHECK_EQUAL(thread.run([] { throw std::bad_alloc(); }).code,
                static_cast<int>(QMLX_OUT_OF_MEMORY));
    CHECK_EQUAL(thread.run([] { throw 7; }).code, static_cast<int>(QMLX_INTERNAL));
    CHECK(thread.run([] {}).ok());
    CHECK_EQUAL(ended.load(), 0);
  }
  CHECK_EQUAL(ended.load(), 1);
}

TEST(callers_take_turns) {
  int count = 0;
  {
    OwnerThread thread([] {});
    std::vector<std::thread> callers;
    for (int k = 0; k < 4; ++k) {
      callers.emplace_back([&] {
        for (int turn = 0; turn < 500; ++turn) CHECK(thread.run([&] { ++count; }).ok());
      });
    }
    for (std::thread& caller : callers) caller.join();
  }
  CHECK_EQUAL(count, 2000);
}
