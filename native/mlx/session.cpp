#include "mlx/session.h"

#include <algorithm>
#include <cstring>

#include "kernels/walk_format.h"
#include "mlx/runtime/failure.h"
#include "mlx/self_test.h"

namespace qmlx::on_mlx {

namespace {

constexpr std::size_t kPlansKept = 16;

// Modes that can be forced, and launches that are made to fail, for tests.
struct Variant {
  const char* name;
  Mode mode = Mode::in_place;
  bool chooses = false;  // by the self-test, also where none is needed
  unsigned faults_before = 0, faults_after = 0;
};

constexpr Variant kVariants[] = {
    {""},
    {"in-place"},
    {"out-of-place", Mode::out_of_place},
    {"failing-launch", Mode::in_place, false, 0, 1},
    {"failing-self-test", Mode::in_place, true, 1},
    {"failing-self-tests", Mode::in_place, true, 2},
};

const Variant& variant_named(const std::string& name) {
  for (const Variant& variant : kVariants) {
    if (name == variant.name) return variant;
  }
  throw EngineError(QMLX_INVALID_ARGUMENT, "The MLX engine has no mode '" + name + "'.");
}

std::unique_ptr<Backend> make_backend(const std::string& device) {
  if (device == "mlx-cpu") return make_host_backend();
  if (device != "gpu")
    throw EngineError(QMLX_INVALID_ARGUMENT, "The MLX engine has no device '" + device + "'.");
  if (!mx::is_available(mx::Device::gpu) || mx::device_count(mx::Device::gpu) == 0)
    throw EngineError(QMLX_BACKEND_UNAVAILABLE, "MLX finds no GPU on this machine.");
#if defined(__APPLE__)
  return make_metal_backend();
#else
  return make_cuda_backend();
#endif
}

}  // namespace

HostEngine::~HostEngine() {
  if (engine != nullptr) executor->engine->destroy(engine);
}

Session::Session(const qmlx_config& config, const std::string& device, const std::string& variant)
    : config_(config) {
  constexpr std::size_t kCacheLimit = std::size_t{256} << 20;
  mx::set_cache_limit(kCacheLimit);
  backend_ = make_backend(device);
  const bool on_host = device == "mlx-cpu";
  const Variant& chosen = variant_named(variant);
  mode_ = chosen.mode;
  if (on_host && variant.empty() && config.host != nullptr) make_host();
  faults_ = chosen.faults_before;
  if (chosen.chooses || (!on_host && variant.empty())) {
    self_test_ = choose_mode(*this);
  } else if (!on_host) {
    test_mode(*this);
    self_test_ = "passed";
  }
  faults_ = chosen.faults_after;
}

void Session::make_host() {
  qmlx_config host = config_;
  host.variant = nullptr;
  host.device = nullptr;
  host.host = nullptr;
  char text[512] = "";
  const int code = config_.host->engine->create(&host, &host_.engine, text, sizeof(text));
  if (code != QMLX_OK) throw EngineError(code, text);
  host_.executor = config_.host;
  mode_ = Mode::executor;
}

const char* Session::mode_name() const {
  switch (mode_) {
    case Mode::in_place:
      return "in-place";
    case Mode::out_of_place:
      return "out-of-place";
    case Mode::executor:
      return "executor";
  }
  return "";
}

std::uint64_t Session::available_bytes() const {
  const std::uint64_t there = backend_->available_bytes();
  if (config_.memory_limit == 0) return there;
  const auto used = static_cast<std::uint64_t>(used_bytes_);
  return std::min(there, config_.memory_limit - std::min(config_.memory_limit, used));
}

qmlx_geometry Session::geometry(std::uint32_t bits, std::uint32_t batch) {
  if (mode_ == Mode::executor) {
    qmlx_geometry geometry{};
    const qmlx_engine_table& table = *host_.executor->engine;
    if (const int code = table.geometry(host_.engine, bits, batch, &geometry); code != QMLX_OK)
      throw EngineError(code, table.last_error(host_.engine));
    return geometry;
  }
  // 16 amplitudes are a cache line.
  constexpr std::uint32_t kRowBits = 4;
  const auto forced = [](std::uint32_t value, std::uint32_t usual) {
    return value == 0 ? usual : std::min(value, usual);
  };
  qmlx_geometry geometry{};
  geometry.tile_bits = std::min(forced(config_.tile_bits, backend_->tile_bits()), bits);
  geometry.row_bits =
      std::min(config_.row_bits == 0 ? kRowBits : config_.row_bits, geometry.tile_bits);
  geometry.register_bits =
      std::min(forced(config_.register_bits, kernels::kRegisterBits), geometry.tile_bits);
  return geometry;
}

CachedPlan& Session::walk_plan(const void* plan) {
  const auto* bytes = static_cast<const std::uint8_t*>(plan);
  const PlanView view(plan);
  const std::size_t size = view.header().bytes;
  const auto known = std::find_if(plans_.begin(), plans_.end(), [&](const CachedPlan& cached) {
    return cached.plan.size() == size && std::memcmp(cached.plan.data(), bytes, size) == 0;
  });
  if (known != plans_.end()) {
    plans_.splice(plans_.begin(), plans_, known);
    return plans_.front();
  }
  walker::WalkProgram program;
  if (!walker::encode_plan(view, program))
    throw EngineError(QMLX_UNSUPPORTED,
                      "The plan's tiles or phases are too large for this engine.");
  if (program.tile_bits > backend_->tile_bits())
    throw EngineError(QMLX_UNSUPPORTED, "The plan's tiles are too large for this device.");
  mx::array words = upload(program.words);
  plans_.push_front({{bytes, bytes + size}, std::move(program), std::move(words), {}, {}});
  if (plans_.size() > kPlansKept) plans_.pop_back();
  return plans_.front();
}

mx::array Session::upload_values(CachedPlan& cached, const float* values, std::size_t count) {
  if (cached.uploaded.has_value() && cached.values.size() == count &&
      std::equal(values, values + count, cached.values.begin()))
    return *cached.uploaded;
  cached.values.assign(values, values + count);
  cached.uploaded = upload(cached.values);
  return *cached.uploaded;
}

mx::array Session::token() {
  const std::vector<float> zeros(static_cast<std::size_t>(backend_->least_elements()));
  return mx::array(zeros.data(), at_least(1), mx::float32);
}

mx::Shape Session::at_least(std::uint64_t elements) const {
  return {
      static_cast<int>(std::max(elements, static_cast<std::uint64_t>(backend_->least_elements())))};
}

}  // namespace qmlx::on_mlx
