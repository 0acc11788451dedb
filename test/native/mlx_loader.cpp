// What becomes of engines whose library is missing, damaged or something else.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

#include "check.h"
#include "engines/loader.h"

using namespace qmlx;

namespace {

const std::filesystem::path& folder() {
  static const std::filesystem::path path = [] {
    const auto made = std::filesystem::temp_directory_path() /
                      ("qmlx-loader-" + std::to_string(std::random_device{}()));
    std::filesystem::create_directory(made);
    return made;
  }();
  return path;
}

std::string file_with(const char* name, const std::string& content) {
  const auto path = folder() / name;
  std::ofstream(path, std::ios::binary) << content;
  return path.string();
}

[[maybe_unused]] std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Code load(const std::string& path, std::string& text) {
  const qmlx_engine_table* table = nullptr;
  const Status status = load_engine({path, "", ""}, table);
  text = status.message;
  CHECK((table != nullptr) == status.ok());
  return status.code;
}

}  // namespace

TEST(paths_must_be_absolute) {
  std::string text;
  CHECK(load("libqmlx_mlx.so", text) == Code::invalid_argument);
  CHECK(load("", text) == Code::invalid_argument);
}

TEST(missing_and_damaged_files_are_told_apart_by_the_loader) {
  std::string text;
  CHECK(load((folder() / "nothing.so").string(), text) == Code::backend_unavailable);
  CHECK(text.find("nothing.so") != std::string::npos);
  CHECK(load(file_with("empty.so", ""), text) == Code::backend_unavailable);
  CHECK(load(file_with("words.so", std::string(5000, 'q')), text) == Code::backend_unavailable);
  CHECK(load(folder().string(), text) == Code::backend_unavailable);
}

#if defined(QMLX_MLX_ENGINE)
TEST(a_truncated_engine_or_one_for_another_processor_is_refused) {
  const std::string engine = content_of(QMLX_MLX_ENGINE);
  std::string text;
  for (const std::size_t size : {std::size_t{64}, std::size_t{1000}, engine.size() / 2}) {
    CHECK(load(file_with("truncated.so", engine.substr(0, size)), text) ==
          Code::backend_unavailable);
  }
  std::string other = engine;
  other[18] = static_cast<char>(other[18] ^ 0x7f);  // e_machine
  CHECK(load(file_with("other.so", other), text) == Code::backend_unavailable);
}

TEST(an_engine_without_its_libmlx_is_refused_with_the_name_of_what_is_missing) {
  std::string engine = content_of(QMLX_MLX_ENGINE);
  // The folders in which it looks, and the library's name, so that none is found.
  for (std::size_t at = engine.find("libmlx.so"); at != std::string::npos;
       at = engine.find("libmlx.so", at + 1))
    engine.replace(at, 9, "libnil.so");
  std::string text;
  CHECK(load(file_with("alone.so", engine), text) == Code::backend_unavailable);
  CHECK(text.find("libnil.so") != std::string::npos);
}

Status load_with(const std::string& libmlx, const std::string& version) {
  const qmlx_engine_table* table = nullptr;
  return load_engine({QMLX_MLX_ENGINE, libmlx, version}, table);
}

TEST(a_libmlx_of_another_version_is_refused_with_both_versions) {
  const Status status = load_with(QMLX_LIBMLX, "0.1.2");
  CHECK(status.code == Code::abi_mismatch);
  CHECK(status.message.find("0.1.2") != std::string::npos);
  CHECK(status.message.find("MLX 0.32.4") != std::string::npos);
  CHECK(load_with(QMLX_LIBMLX, "0.32.4").ok());
}

TEST(a_libmlx_that_is_none_is_refused) {
  CHECK(load_with((folder() / "absent.so").string(), "0.32.4").code == Code::backend_unavailable);
  // A library that libmlx needs, beside it in its package.
  const auto package = std::filesystem::path(QMLX_LIBMLX).parent_path().parent_path().parent_path();
  for (const auto& file : std::filesystem::directory_iterator(package / "mlx_cpu.libs")) {
    const Status status = load_with(file.path().string(), "0.32.4");
    CHECK(status.message.find("no MLX library") != std::string::npos);
  }
  const std::string half = content_of(QMLX_LIBMLX).substr(0, 1 << 20);
  CHECK(load_with(file_with("half.so", half), "0.32.4").code == Code::backend_unavailable);
}

TEST(a_libmlx_for_cuda_says_that_the_driver_is_missing) {
  std::string library = content_of(QMLX_LIBMLX);
  // The name of another library that it needs becomes the driver's.
  const std::size_t at = library.find("libgcc_s.so.1");
  library.replace(at, 13, std::string("libcuda.so.0\0", 13));
  const Status status = load_with(file_with("cuda.so", library), "0.32.4");
  CHECK(status.code == Code::backend_unavailable);
  CHECK(status.message.find("no NVIDIA driver") != std::string::npos);
}

TEST(a_library_without_the_getter_is_no_engine) {
  std::string engine = content_of(QMLX_MLX_ENGINE);
  for (std::size_t at = engine.find("qmlx_engine_table_get"); at != std::string::npos;
       at = engine.find("qmlx_engine_table_get", at + 1))
    engine.replace(at, 21, "qmlx_engine_table_got");
  std::string text;
  CHECK(load(file_with("stranger.so", engine), text) == Code::backend_unavailable);
  CHECK(text.find("no engine of qmlx") != std::string::npos);
}
#endif

TEST(files_are_removed) {
  std::filesystem::remove_all(folder());
  CHECK(!std::filesystem::exists(folder()));
}
